-- CreateTable
CREATE TABLE "SourceDay" (
    "source" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "items" INTEGER NOT NULL,
    "reason" TEXT,
    "askedAt" TEXT NOT NULL,

    PRIMARY KEY ("source", "day")
);

-- CreateTable
CREATE TABLE "FetchCursor" (
    "job" TEXT NOT NULL PRIMARY KEY,
    "cursor" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "SeenUrl" (
    "url" TEXT NOT NULL PRIMARY KEY,
    "etag" TEXT,
    "lastModified" TEXT
);

-- CreateTable
CREATE TABLE "HostPace" (
    "host" TEXT NOT NULL PRIMARY KEY,
    "starts" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "token" INTEGER NOT NULL,
    "expiresAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "ScheduledJob" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "lastSlot" BIGINT NOT NULL,
    "doneAt" TEXT NOT NULL
);
