-- CreateTable
CREATE TABLE "Subscriber" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "address" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "softBounces" INTEGER NOT NULL DEFAULT 0,
    "suppressedBecause" TEXT
);

-- CreateTable
CREATE TABLE "Subscription" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "subscriberId" INTEGER NOT NULL,
    "query" TEXT NOT NULL,
    "weekdays" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "timeZone" TEXT NOT NULL,
    "mailsEmpty" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "confirmedAt" TEXT,
    "sinceKey" INTEGER NOT NULL DEFAULT 0,
    "sinceDay" TEXT NOT NULL,
    "nextDueAt" TEXT,
    CONSTRAINT "Subscription_subscriberId_fkey" FOREIGN KEY ("subscriberId") REFERENCES "Subscriber" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "subscriptionId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "papers" TEXT,
    "messageName" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TEXT NOT NULL,
    "settledAt" TEXT,
    "problem" TEXT,
    "bounced" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Delivery_subscriptionId_fkey" FOREIGN KEY ("subscriptionId") REFERENCES "Subscription" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Token" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "purpose" TEXT NOT NULL,
    "subscriptionId" INTEGER NOT NULL,
    "expiresAt" TEXT,
    "usedAt" TEXT,
    CONSTRAINT "Token_subscriptionId_fkey" FOREIGN KEY ("subscriptionId") REFERENCES "Subscription" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SentPaper" (
    "subscriberId" INTEGER NOT NULL,
    "paperId" TEXT NOT NULL,

    PRIMARY KEY ("subscriberId", "paperId"),
    CONSTRAINT "SentPaper_subscriberId_fkey" FOREIGN KEY ("subscriberId") REFERENCES "Subscriber" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DigestDay" (
    "day" TEXT NOT NULL PRIMARY KEY,
    "paperKey" INTEGER NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Subscriber_address_key" ON "Subscriber"("address");

-- CreateIndex
CREATE INDEX "Subscription_state_nextDueAt_idx" ON "Subscription"("state", "nextDueAt");

-- CreateIndex
CREATE INDEX "Subscription_subscriberId_idx" ON "Subscription"("subscriberId");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_messageName_key" ON "Delivery"("messageName");

-- CreateIndex
CREATE INDEX "Delivery_state_tries_id_idx" ON "Delivery"("state", "tries", "id");

-- CreateIndex
CREATE INDEX "Delivery_subscriptionId_idx" ON "Delivery"("subscriptionId");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_digest_subscriptionId_key" ON "Delivery"("digest", "subscriptionId");

-- CreateIndex
CREATE INDEX "Token_subscriptionId_idx" ON "Token"("subscriptionId");
