-- AlterTable: until its papers change, a name of an older store keeps the spelling it has.
ALTER TABLE "Tag" ADD COLUMN "spellings" TEXT;

-- AlterTable
ALTER TABLE "Author" ADD COLUMN "spellings" TEXT;

-- RedefineTables
CREATE TABLE "new_Alias" (
    "alias" TEXT NOT NULL,
    "paperKey" INTEGER NOT NULL,

    PRIMARY KEY ("alias", "paperKey"),
    CONSTRAINT "Alias_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
INSERT INTO "new_Alias" ("alias", "paperKey") SELECT DISTINCT "said"."value", "Paper"."key" FROM "Paper", json_each("Paper"."aliases") AS "said";
DROP TABLE "Alias";
ALTER TABLE "new_Alias" RENAME TO "Alias";
CREATE INDEX "Alias_paperKey_idx" ON "Alias"("paperKey");

-- DropIndex
DROP INDEX "Paper_publishedFrom_key_idx";

-- CreateIndex
CREATE INDEX "Paper_publishedFrom_key_publishedTo_idx" ON "Paper"("publishedFrom", "key", "publishedTo");
