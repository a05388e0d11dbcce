-- What the edge keeps: one schema for D1 and for SQLite under Node.
-- A lead is a person; a submission is one sending of the form. Times are milliseconds since 1970.

CREATE TABLE IF NOT EXISTS leads (
  id       TEXT PRIMARY KEY,            -- the id of the submission that made it
  version  INTEGER NOT NULL,            -- counts changes
  created  INTEGER NOT NULL,
  updated  INTEGER NOT NULL,
  answers  TEXT NOT NULL,               -- JSON: what is known, the identity of the first sending kept
  outcome  TEXT,
  stage    TEXT,
  queue    TEXT,                        -- where the route leads into a queue
  member   TEXT,                        -- who of it takes the lead
  message  TEXT,
  decision TEXT NOT NULL,               -- JSON: the decision that made the outcome
  program  TEXT NOT NULL                -- digest of the program that decided
);

CREATE TABLE IF NOT EXISTS submissions (
  id          TEXT PRIMARY KEY,         -- made by the client; a repeated sending has the same
  lead        TEXT NOT NULL REFERENCES leads (id) DEFERRABLE INITIALLY DEFERRED,
  at          INTEGER NOT NULL,
  payload     TEXT NOT NULL,            -- keyed digest of the answers: tells a repeated sending from another one with the same id
  answers     TEXT NOT NULL,            -- JSON, raw
  claim       TEXT,                     -- JSON: what the page said it had found out
  verified    INTEGER NOT NULL,
  differences TEXT NOT NULL,            -- JSON
  outcome     TEXT,
  decision    TEXT NOT NULL,            -- JSON
  message     TEXT,
  receipt     TEXT NOT NULL,
  locale      TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS submissions_of_lead ON submissions (lead, at);

-- Who is the same person: a keyed digest of each identity key. The primary key is what lets only one of two parallel sendings make the lead.
CREATE TABLE IF NOT EXISTS identities (
  key  TEXT PRIMARY KEY,
  lead TEXT NOT NULL REFERENCES leads (id) DEFERRABLE INITIALLY DEFERRED
);

-- One row for each version of a lead: of two parallel changes of one version, only one can be written.
CREATE TABLE IF NOT EXISTS changes (
  lead       TEXT NOT NULL REFERENCES leads (id) DEFERRABLE INITIALLY DEFERRED,
  version    INTEGER NOT NULL,
  submission TEXT NOT NULL,
  PRIMARY KEY (lead, version)
);

-- Under Node only; in workerd a Durable Object keeps these.
CREATE TABLE IF NOT EXISTS rotation (
  queue TEXT NOT NULL,
  key   TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (queue, key)
);
