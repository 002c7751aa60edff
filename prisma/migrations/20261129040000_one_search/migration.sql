-- DropTable: the search index beside the store finds everything. SQLite drops the tables behind a virtual table with it.
-- Programs of before read and write that table: they refuse a store with a migration that they do not know.
DROP TABLE "paper_fts";
