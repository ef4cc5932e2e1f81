-- What the order intake has answered to an Idempotency-Key, written in the transaction of the order or command itself.
CREATE TABLE payments.idempotency (
  key         text PRIMARY KEY,
  fingerprint bytea NOT NULL,
  order_id    text NOT NULL,
  body        text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idempotency_by_age ON payments.idempotency (created_at);
CREATE INDEX outbox_by_age ON payments.outbox (created_at);
