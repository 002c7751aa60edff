-- DropTable: the search index beside the store finds everything. SQLite drops the tables behind a virtual table with it.
DROP TABLE "paper_fts";

-- Programs of before read and write that table.
UPDATE "Store" SET "readableFrom" = '20261129040000_one_search';
