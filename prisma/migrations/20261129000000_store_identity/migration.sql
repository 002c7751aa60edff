-- AlterTable
ALTER TABLE "Store" ADD COLUMN "readableFrom" TEXT;
ALTER TABLE "Store" ADD COLUMN "toBeSeeded" BOOLEAN NOT NULL DEFAULT false;

-- The first form of the migration before this one left the index as it was.
DROP INDEX IF EXISTS "Paper_publishedFrom_key_idx";
CREATE INDEX IF NOT EXISTS "Paper_publishedFrom_key_publishedTo_idx" ON "Paper"("publishedFrom", "key", "publishedTo");
