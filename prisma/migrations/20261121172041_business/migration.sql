-- CreateEnum
CREATE TYPE "product_line" AS ENUM ('brackets', 'frames', 'rails', 'panels', 'fittings', 'cases');

-- CreateEnum
CREATE TYPE "order_state" AS ENUM ('open', 'producing', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "order_priority" AS ENUM ('low', 'normal', 'high');

-- CreateEnum
CREATE TYPE "number_mode" AS ENUM ('fast', 'gapless');

-- CreateEnum
CREATE TYPE "reservation_state" AS ENUM ('reserved', 'confirmed', 'returned');

-- CreateEnum
CREATE TYPE "job_kind" AS ENUM ('import', 'report', 'reprice');

-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('waiting', 'running', 'done', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "job_visibility" AS ENUM ('own', 'everyone');

-- CreateEnum
CREATE TYPE "job_line_level" AS ENUM ('info', 'warning', 'error');

-- CreateEnum
CREATE TYPE "game_state" AS ENUM ('open', 'playing', 'over');

-- CreateEnum
CREATE TYPE "game_ending" AS ENUM ('four', 'full', 'agreed', 'resigned', 'time', 'left', 'withdrawn');

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "line" "product_line" NOT NULL,
    "price_cents" INTEGER NOT NULL,
    "weight_grams" INTEGER NOT NULL,
    "stock" INTEGER NOT NULL,
    "minimum" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "city" TEXT NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_site" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "east" DOUBLE PRECISION NOT NULL,
    "north" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "customer_site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_order" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "state" "order_state" NOT NULL DEFAULT 'open',
    "priority" "order_priority" NOT NULL DEFAULT 'normal',
    "reference" TEXT,
    "contact" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "due_on" DATE NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "total_cents" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "import_id" UUID,

    CONSTRAINT "work_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "product_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "price_cents" INTEGER NOT NULL,
    "produced" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_change" (
    "order_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "user_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undoes" INTEGER,

    CONSTRAINT "order_change_pkey" PRIMARY KEY ("order_id","version")
);

-- CreateTable
CREATE TABLE "order_plan" (
    "order_id" UUID NOT NULL,
    "order_version" INTEGER NOT NULL,
    "plan" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "calculated_by_id" UUID,

    CONSTRAINT "order_plan_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "busy_lock" (
    "key" TEXT NOT NULL,
    "token" UUID NOT NULL,
    "user_id" UUID,
    "node_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "busy_lock_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "production" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "product_id" UUID NOT NULL,
    "line_id" UUID,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "production_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "number_series" (
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "padding" INTEGER NOT NULL,
    "yearly" BOOLEAN NOT NULL,
    "mode" "number_mode" NOT NULL,
    "year" INTEGER NOT NULL,
    "next" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "number_series_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "number_reservation" (
    "id" UUID NOT NULL,
    "series_key" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "value" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "state" "reservation_state" NOT NULL DEFAULT 'reserved',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "number_reservation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "kind" "job_kind" NOT NULL,
    "title" TEXT NOT NULL,
    "state" "job_state" NOT NULL DEFAULT 'waiting',
    "visibility" "job_visibility" NOT NULL,
    "owner_id" UUID NOT NULL,
    "input" JSONB NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "cursor" JSONB,
    "result" JSONB,
    "failure" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "run_id" UUID,
    "node_id" UUID,
    "alive_until" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_line" (
    "job_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "level" "job_line_level" NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "job_line_pkey" PRIMARY KEY ("job_id","number")
);

-- CreateTable
CREATE TABLE "job_problem" (
    "job_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "column" TEXT,
    "value" TEXT,
    "message" TEXT NOT NULL,

    CONSTRAINT "job_problem_pkey" PRIMARY KEY ("job_id","row","number")
);

-- CreateTable
CREATE TABLE "job_file" (
    "id" UUID NOT NULL,
    "job_id" UUID,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_file_piece" (
    "file_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "job_file_piece_pkey" PRIMARY KEY ("file_id","number")
);

-- CreateTable
CREATE TABLE "game" (
    "id" UUID NOT NULL,
    "state" "game_state" NOT NULL DEFAULT 'open',
    "challenger_id" UUID NOT NULL,
    "invited_id" UUID,
    "moves" TEXT NOT NULL DEFAULT '',
    "budget" INTEGER NOT NULL,
    "increment" INTEGER NOT NULL,
    "turn_since" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "draw_offered_by" INTEGER,
    "rematch_by" INTEGER,
    "rematch_of_id" UUID,
    "winner" INTEGER,
    "ending" "game_ending",
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "game_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "game_seat" (
    "game_id" UUID NOT NULL,
    "seat" INTEGER NOT NULL,
    "user_id" UUID NOT NULL,
    "left" INTEGER NOT NULL,
    "away_since" TIMESTAMPTZ(3),

    CONSTRAINT "game_seat_pkey" PRIMARY KEY ("game_id","seat")
);

-- CreateIndex
CREATE UNIQUE INDEX "product_sku_key" ON "product"("sku");

-- CreateIndex
CREATE INDEX "product_line_idx" ON "product"("line");

-- CreateIndex
CREATE UNIQUE INDEX "customer_number_key" ON "customer"("number");

-- CreateIndex
CREATE INDEX "customer_site_customer_id_idx" ON "customer_site"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "work_order_number_key" ON "work_order"("number");

-- CreateIndex
CREATE INDEX "work_order_placed_at_id_idx" ON "work_order"("placed_at", "id");

-- CreateIndex
CREATE INDEX "work_order_state_due_on_id_idx" ON "work_order"("state", "due_on", "id");

-- CreateIndex
CREATE INDEX "work_order_import_id_idx" ON "work_order"("import_id");

-- CreateIndex
CREATE UNIQUE INDEX "work_order_customer_id_reference_key" ON "work_order"("customer_id", "reference");

-- CreateIndex
CREATE INDEX "order_line_product_id_idx" ON "order_line"("product_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_line_order_id_position_key" ON "order_line"("order_id", "position");

-- CreateIndex
CREATE INDEX "busy_lock_until_idx" ON "busy_lock"("until");

-- CreateIndex
CREATE INDEX "production_at_idx" ON "production"("at");

-- CreateIndex
CREATE INDEX "production_line_id_idx" ON "production"("line_id");

-- CreateIndex
CREATE INDEX "number_reservation_series_key_year_value_idx" ON "number_reservation"("series_key", "year", "value");

-- CreateIndex
CREATE INDEX "number_reservation_state_until_idx" ON "number_reservation"("state", "until");

-- CreateIndex
CREATE INDEX "job_state_alive_until_idx" ON "job"("state", "alive_until");

-- CreateIndex
CREATE INDEX "job_created_at_id_idx" ON "job"("created_at", "id");

-- CreateIndex
CREATE INDEX "job_file_sha256_idx" ON "job_file"("sha256");

-- CreateIndex
CREATE INDEX "job_file_job_id_idx" ON "job_file"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "game_rematch_of_id_key" ON "game"("rematch_of_id");

-- CreateIndex
CREATE INDEX "game_state_due_at_idx" ON "game"("state", "due_at");

-- CreateIndex
CREATE INDEX "game_ended_at_idx" ON "game"("ended_at");

-- CreateIndex
CREATE INDEX "game_seat_user_id_idx" ON "game_seat"("user_id");

-- AddForeignKey
ALTER TABLE "customer_site" ADD CONSTRAINT "customer_site_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_order" ADD CONSTRAINT "work_order_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_order" ADD CONSTRAINT "work_order_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "work_order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "customer_site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_change" ADD CONSTRAINT "order_change_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "work_order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_change" ADD CONSTRAINT "order_change_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_plan" ADD CONSTRAINT "order_plan_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "work_order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_plan" ADD CONSTRAINT "order_plan_calculated_by_id_fkey" FOREIGN KEY ("calculated_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "busy_lock" ADD CONSTRAINT "busy_lock_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "production" ADD CONSTRAINT "production_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "production" ADD CONSTRAINT "production_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "order_line"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number_reservation" ADD CONSTRAINT "number_reservation_series_key_fkey" FOREIGN KEY ("series_key") REFERENCES "number_series"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number_reservation" ADD CONSTRAINT "number_reservation_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_line" ADD CONSTRAINT "job_line_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_problem" ADD CONSTRAINT "job_problem_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_file" ADD CONSTRAINT "job_file_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_file_piece" ADD CONSTRAINT "job_file_piece_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "job_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "game" ADD CONSTRAINT "game_challenger_id_fkey" FOREIGN KEY ("challenger_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "game" ADD CONSTRAINT "game_invited_id_fkey" FOREIGN KEY ("invited_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "game" ADD CONSTRAINT "game_rematch_of_id_fkey" FOREIGN KEY ("rematch_of_id") REFERENCES "game"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "game_seat" ADD CONSTRAINT "game_seat_game_id_fkey" FOREIGN KEY ("game_id") REFERENCES "game"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "game_seat" ADD CONSTRAINT "game_seat_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
