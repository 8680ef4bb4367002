-- DropIndex
DROP INDEX "notification_user_id_about_key";

-- CreateIndex
CREATE UNIQUE INDEX "notification_about_user_id_key" ON "notification"("about", "user_id");
