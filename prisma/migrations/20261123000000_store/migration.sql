-- CreateTable
CREATE TABLE "Store" (
    "id" INTEGER NOT NULL PRIMARY KEY DEFAULT 1,
    "storeId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "topicsVersion" TEXT NOT NULL DEFAULT ''
);

-- CreateTable
CREATE TABLE "Paper" (
    "key" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "arxivId" TEXT,
    "title" TEXT NOT NULL,
    "abstract" TEXT NOT NULL,
    "authors" TEXT NOT NULL,
    "authorCount" INTEGER,
    "organization" TEXT,
    "publishedOn" TEXT,
    "publishedFrom" INTEGER,
    "publishedTo" INTEGER,
    "listings" TEXT NOT NULL,
    "upvotes" INTEGER,
    "commentCount" INTEGER,
    "links" TEXT NOT NULL,
    "tags" TEXT NOT NULL,
    "comment" TEXT,
    "withdrawn" BOOLEAN NOT NULL,
    "hasCode" BOOLEAN NOT NULL,
    "hasProject" BOOLEAN NOT NULL,
    "aliases" TEXT NOT NULL,
    "provenance" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "revision" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Record" (
    "key" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "paperKey" INTEGER NOT NULL,
    "identity" TEXT NOT NULL,
    "titleKey" TEXT NOT NULL,
    "givenId" TEXT,
    "payload" TEXT NOT NULL,

    CONSTRAINT "Record_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RecordOtherId" (
    "recordKey" INTEGER NOT NULL,
    "id" TEXT NOT NULL,

    PRIMARY KEY ("recordKey", "id"),
    CONSTRAINT "RecordOtherId_recordKey_fkey" FOREIGN KEY ("recordKey") REFERENCES "Record" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "Listing" (
    "paperKey" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    PRIMARY KEY ("paperKey", "source", "day"),
    CONSTRAINT "Listing_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "Tag" (
    "key" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "slug" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "PaperTag" (
    "paperKey" INTEGER NOT NULL,
    "tagKey" INTEGER NOT NULL,

    PRIMARY KEY ("tagKey", "paperKey"),
    CONSTRAINT "PaperTag_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "PaperTag_tagKey_fkey" FOREIGN KEY ("tagKey") REFERENCES "Tag" ("key") ON DELETE RESTRICT ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "Author" (
    "key" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "PaperAuthor" (
    "paperKey" INTEGER NOT NULL,
    "authorKey" INTEGER NOT NULL,

    PRIMARY KEY ("authorKey", "paperKey"),
    CONSTRAINT "PaperAuthor_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "PaperAuthor_authorKey_fkey" FOREIGN KEY ("authorKey") REFERENCES "Author" ("key") ON DELETE RESTRICT ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "Alias" (
    "alias" TEXT NOT NULL PRIMARY KEY,
    "paperKey" INTEGER NOT NULL,

    CONSTRAINT "Alias_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "RemovedPaper" (
    "key" INTEGER NOT NULL PRIMARY KEY,
    "revision" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Source" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "askedAt" TEXT,
    "answeredAt" TEXT,
    "latestDay" TEXT,
    "failure" TEXT,
    "nextTryAt" TEXT
);

-- CreateTable
CREATE TABLE "IngestRun" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "startedAt" TEXT NOT NULL,
    "finishedAt" TEXT,
    "read" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT
);

-- CreateTable
CREATE TABLE "RejectedRecord" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" INTEGER NOT NULL,
    "place" TEXT NOT NULL,
    "title" TEXT,
    "reason" TEXT NOT NULL,

    CONSTRAINT "RejectedRecord_runId_fkey" FOREIGN KEY ("runId") REFERENCES "IngestRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Paper_id_key" ON "Paper"("id");

-- CreateIndex
CREATE INDEX "Paper_revision_idx" ON "Paper"("revision");

-- CreateIndex
CREATE INDEX "Paper_publishedFrom_key_idx" ON "Paper"("publishedFrom", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Record_identity_key" ON "Record"("identity");

-- CreateIndex
CREATE INDEX "Record_titleKey_idx" ON "Record"("titleKey");

-- CreateIndex
CREATE INDEX "Record_givenId_idx" ON "Record"("givenId");

-- CreateIndex
CREATE INDEX "Record_paperKey_idx" ON "Record"("paperKey");

-- CreateIndex
CREATE INDEX "RecordOtherId_id_idx" ON "RecordOtherId"("id");

-- CreateIndex
CREATE INDEX "Listing_day_position_idx" ON "Listing"("day", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Tag_slug_key" ON "Tag"("slug");

-- CreateIndex
CREATE INDEX "PaperTag_paperKey_idx" ON "PaperTag"("paperKey");

-- CreateIndex
CREATE UNIQUE INDEX "Author_folded_key" ON "Author"("folded");

-- CreateIndex
CREATE INDEX "PaperAuthor_paperKey_idx" ON "PaperAuthor"("paperKey");

-- CreateIndex
CREATE INDEX "Alias_paperKey_idx" ON "Alias"("paperKey");

-- CreateIndex
CREATE INDEX "RemovedPaper_revision_idx" ON "RemovedPaper"("revision");

-- CreateIndex
CREATE INDEX "IngestRun_source_startedAt_idx" ON "IngestRun"("source", "startedAt");

-- CreateIndex
CREATE INDEX "RejectedRecord_runId_idx" ON "RejectedRecord"("runId");

-- The full-text index is ours, not Prisma's (see prisma.config.ts): texts as core/terms.ts prepares them, kept in step by the writer
-- inside the paper's own transaction. Contentless: the papers' texts are not stored twice.
CREATE VIRTUAL TABLE "paper_fts" USING fts5("title", "abstract", "authors", "tags", "organization", content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 0");

-- Terms are gathered in 8 MB of memory before they become a segment: bulk ingest merges less.
INSERT INTO "paper_fts" ("paper_fts", "rank") VALUES ('hashsize', 8388608);

INSERT INTO "Store" ("id", "storeId") VALUES (1, lower(hex(randomblob(16))));
