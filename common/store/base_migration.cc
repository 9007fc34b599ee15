#include "common/store/base_migration.h"

namespace pdv::store {

const pg::Migration& BaseMigration() {
  static const pg::Migration kBase{0, "socle", R"sql(
-- What happened, in order. Written by the mutation runner only, in the transaction of the change.
CREATE TABLE journal (
  seq        bigint GENERATED ALWAYS AS IDENTITY,
  xid        xid8 NOT NULL DEFAULT pg_current_xact_id(),
  type       text NOT NULL,
  name       text NOT NULL,
  revision   bigint NOT NULL,
  evenement  text NOT NULL,
  ressource  bytea NOT NULL,
  methode    text NOT NULL,
  request_id text NOT NULL,
  acteur     text NOT NULL,
  instant    timestamptz NOT NULL,
  CONSTRAINT journal_pkey PRIMARY KEY (xid, seq),
  CONSTRAINT journal_evenement CHECK (evenement IN ('CREATION', 'MODIFICATION', 'SUPPRESSION'))
);
CREATE INDEX journal_name ON journal (name, revision);

-- The answer that was given to each request_id: the same question gets the same answer, even after
-- a crash (AIP-155), for as long as it is kept.
CREATE TABLE idempotence (
  request_id   text NOT NULL,
  methode      text NOT NULL,
  empreinte    bytea NOT NULL,
  reponse_type text NOT NULL,
  reponse      bytea NOT NULL,
  xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
  instant      timestamptz NOT NULL,
  CONSTRAINT idempotence_pkey PRIMARY KEY (request_id)
);
-- For the purge of the old ones (Store::PurgeRecords); written in order, a few bytes are enough.
CREATE INDEX idempotence_instant ON idempotence USING brin (instant) WITH (autosummarize = on);

-- How far each mirror has followed its peer's feed.
CREATE TABLE miroir_curseur (
  source   text PRIMARY KEY,
  curseur  text NOT NULL,
  position bigint NOT NULL
);

-- The key that authenticates page tokens, the same for all replicas of the service.
CREATE TABLE cle_jeton (
  seule boolean PRIMARY KEY DEFAULT true CHECK (seule),
  cle   text NOT NULL
);
INSERT INTO cle_jeton (cle) VALUES (gen_random_uuid()::text || gen_random_uuid()::text);

-- History is never rewritten: by grant, and by trigger for the owner of the tables.
CREATE FUNCTION refuser_reecriture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'la table % ne s''écrit qu''en ajout', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_ajout_seul';
END $$;
CREATE TRIGGER journal_ajout_seul BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE UPDATE, DELETE, TRUNCATE ON journal FROM PUBLIC, CURRENT_USER;
)sql"};
  return kBase;
}

}  // namespace pdv::store
