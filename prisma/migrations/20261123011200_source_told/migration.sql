-- AlterTable
ALTER TABLE "Source" ADD COLUMN "told" TEXT;
