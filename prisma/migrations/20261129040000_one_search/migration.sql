-- DropTable: the search index beside the store finds everything. SQLite drops the tables behind a virtual table with it.
DROP TABLE "paper_fts";

-- Programs that do not know this migration read and write that table: none of them may use the store, whatever was allowed before.
UPDATE "Store" SET "readableFrom" = NULL;
