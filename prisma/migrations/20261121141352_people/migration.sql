-- CreateEnum
CREATE TYPE "session_policy" AS ENUM ('many', 'newest', 'oldest', 'ask');

-- CreateEnum
CREATE TYPE "sign_in_answer" AS ENUM ('kept', 'yielded');

-- CreateEnum
CREATE TYPE "chat_kind" AS ENUM ('public', 'private', 'direct');

-- CreateEnum
CREATE TYPE "notification_kind" AS ENUM ('job', 'mention', 'invitation', 'sign-in', 'broadcast');

-- DropForeignKey
ALTER TABLE "broadcast_dismissal" DROP CONSTRAINT "broadcast_dismissal_broadcast_id_fkey";

-- DropForeignKey
ALTER TABLE "broadcast_dismissal" DROP CONSTRAINT "broadcast_dismissal_user_id_fkey";

-- DropIndex
DROP INDEX "message_room_key_at_id_idx";

-- AlterTable
ALTER TABLE "app_user" ADD COLUMN     "session_policy" "session_policy";

-- AlterTable
ALTER TABLE "broadcast" ADD COLUMN     "announced_at" TIMESTAMPTZ(3),
ADD COLUMN     "counts_to" TIMESTAMPTZ(3),
ADD COLUMN     "dismissible" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "edited_at" TIMESTAMPTZ(3),
ADD COLUMN     "must_acknowledge" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "person_id" UUID,
ADD COLUMN     "starts_at" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- What was announced before was shown at once.
UPDATE "broadcast" SET "starts_at" = "at", "announced_at" = "at";
ALTER TABLE "broadcast" ALTER COLUMN "starts_at" SET NOT NULL;

-- AlterTable
ALTER TABLE "chat_room" ADD COLUMN     "kind" "chat_kind" NOT NULL DEFAULT 'public',
ADD COLUMN     "last_number" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "owner_id" UUID;

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "edited_at" TIMESTAMPTZ(3),
ADD COLUMN     "number" INTEGER,
ADD COLUMN     "reply_to" INTEGER,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- The messages there are, numbered in the order they were read in.
UPDATE "message" SET "number" = numbered."number"
FROM (SELECT "id", row_number() OVER (PARTITION BY "room_key" ORDER BY "at", "id") AS "number" FROM "message") AS numbered
WHERE "message"."id" = numbered."id";
ALTER TABLE "message" ALTER COLUMN "number" SET NOT NULL;
UPDATE "chat_room" SET "last_number" = (SELECT count(*) FROM "message" WHERE "room_key" = "key");

-- An index on an expression, which schema.prisma cannot say: the search reads it.
CREATE INDEX "message_search" ON "message" USING gin (to_tsvector('simple', "body"));

-- CreateTable
CREATE TABLE "sign_in_request" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "device" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "answer" "sign_in_answer",

    CONSTRAINT "sign_in_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_member" (
    "room_key" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chat_member_pkey" PRIMARY KEY ("room_key","user_id")
);

-- CreateTable
CREATE TABLE "chat_marker" (
    "room_key" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chat_marker_pkey" PRIMARY KEY ("user_id","room_key")
);

-- CreateTable
CREATE TABLE "message_reaction" (
    "message_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "emoji" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_reaction_pkey" PRIMARY KEY ("message_id","emoji","user_id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" "notification_kind" NOT NULL,
    "about" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "href" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_preference" (
    "user_id" UUID NOT NULL,
    "kind" "notification_kind" NOT NULL,
    "inbox" BOOLEAN NOT NULL,
    "toast" BOOLEAN NOT NULL,
    "system" BOOLEAN NOT NULL,

    CONSTRAINT "notification_preference_pkey" PRIMARY KEY ("user_id","kind")
);

-- CreateTable
CREATE TABLE "broadcast_receipt" (
    "broadcast_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "delivered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3),
    "acknowledged_at" TIMESTAMPTZ(3),
    "dismissed_at" TIMESTAMPTZ(3),

    CONSTRAINT "broadcast_receipt_pkey" PRIMARY KEY ("broadcast_id","user_id")
);

-- CreateIndex
CREATE INDEX "sign_in_request_user_id_until_idx" ON "sign_in_request"("user_id", "until");

-- CreateIndex
CREATE INDEX "chat_member_user_id_idx" ON "chat_member"("user_id");

-- CreateIndex
CREATE INDEX "notification_user_id_archived_at_at_id_idx" ON "notification"("user_id", "archived_at", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_user_id_about_key" ON "notification"("user_id", "about");

-- CreateIndex
CREATE INDEX "broadcast_receipt_user_id_idx" ON "broadcast_receipt"("user_id");

-- CreateIndex
CREATE INDEX "broadcast_announced_at_starts_at_idx" ON "broadcast"("announced_at", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "message_room_key_number_key" ON "message"("room_key", "number");

-- AddForeignKey
ALTER TABLE "sign_in_request" ADD CONSTRAINT "sign_in_request_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_room" ADD CONSTRAINT "chat_room_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_member" ADD CONSTRAINT "chat_member_room_key_fkey" FOREIGN KEY ("room_key") REFERENCES "chat_room"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_member" ADD CONSTRAINT "chat_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_marker" ADD CONSTRAINT "chat_marker_room_key_fkey" FOREIGN KEY ("room_key") REFERENCES "chat_room"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_marker" ADD CONSTRAINT "chat_marker_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_reaction" ADD CONSTRAINT "message_reaction_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_reaction" ADD CONSTRAINT "message_reaction_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_preference" ADD CONSTRAINT "notification_preference_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broadcast" ADD CONSTRAINT "broadcast_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broadcast_receipt" ADD CONSTRAINT "broadcast_receipt_broadcast_id_fkey" FOREIGN KEY ("broadcast_id") REFERENCES "broadcast"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broadcast_receipt" ADD CONSTRAINT "broadcast_receipt_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Dismissed is had and seen.
INSERT INTO "broadcast_receipt" ("broadcast_id", "user_id", "delivered_at", "seen_at", "dismissed_at")
SELECT "broadcast_id", "user_id", "at", "at", "at" FROM "broadcast_dismissal";

-- DropTable
DROP TABLE "broadcast_dismissal";

-- Logged pushes of messages and broadcasts had another shape.
UPDATE "log_epoch" SET "epoch" = gen_random_uuid();
