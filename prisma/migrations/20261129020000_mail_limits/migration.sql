-- CreateTable
CREATE TABLE "RequestedMail" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "mailbox" TEXT,
    "requestedAt" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "RequestedMail_mailbox_idx" ON "RequestedMail"("mailbox");

-- CreateIndex
CREATE INDEX "RequestedMail_requestedAt_idx" ON "RequestedMail"("requestedAt");
