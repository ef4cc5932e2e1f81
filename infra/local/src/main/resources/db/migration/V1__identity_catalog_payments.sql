-- The tables that the product services own. Change data capture reads them; nothing here knows Kafka.

CREATE SCHEMA IF NOT EXISTS identity;
CREATE SCHEMA IF NOT EXISTS catalog;
CREATE SCHEMA IF NOT EXISTS payments;

CREATE TYPE identity.tier AS ENUM ('FREE', 'PLUS', 'ULTIMATE');
CREATE TYPE identity.user_status AS ENUM ('ACTIVE', 'SUSPENDED');

CREATE TABLE identity.users (
  id          text PRIMARY KEY,
  handle      text NOT NULL,
  country     char(2),
  region      text,
  tier        identity.tier NOT NULL DEFAULT 'FREE',
  status      identity.user_status NOT NULL DEFAULT 'ACTIVE',
  preferences jsonb,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TYPE catalog.gpu_class AS ENUM ('STANDARD', 'PERFORMANCE', 'ULTRA');
CREATE TYPE catalog.game_status AS ENUM ('ACTIVE', 'WITHDRAWN');

CREATE TABLE catalog.games (
  id           text PRIMARY KEY,
  title        text NOT NULL,
  description  text,
  developer    text,
  publisher    text,
  genres       text[] NOT NULL DEFAULT '{}',
  price_minor  bigint NOT NULL CHECK (price_minor >= 0),
  currency     char(3) NOT NULL DEFAULT 'EUR',
  release_date date,
  age_rating   integer,
  gpu_class    catalog.gpu_class NOT NULL DEFAULT 'STANDARD',
  status       catalog.game_status NOT NULL DEFAULT 'ACTIVE',
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TYPE payments.order_status AS ENUM ('PENDING', 'PAID', 'CANCELLED', 'REFUNDED');

-- The lines are part of the order's row: [{"gameId": "1", "quantity": 1, "unitPriceMinor": 1999}]
CREATE TABLE payments.orders (
  id          text PRIMARY KEY,
  user_id     text NOT NULL,
  status      payments.order_status NOT NULL DEFAULT 'PENDING',
  lines       jsonb NOT NULL,
  total_minor bigint NOT NULL CHECK (total_minor >= 0),
  currency    char(3) NOT NULL DEFAULT 'EUR',
  placed_at   timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_by_user ON payments.orders (user_id, placed_at);

-- Whole domain events, written in the transaction of the change that they tell of.
CREATE TABLE payments.outbox (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  aggregate_type text NOT NULL,
  aggregate_id   text NOT NULL,
  event_type     text NOT NULL,
  payload        jsonb NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now()
);
