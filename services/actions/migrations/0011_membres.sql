-- Those who write, sign and manage for a porteur. Names and addresses are personal data.
CREATE TABLE membre (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  porteur text NOT NULL,
  acteur text NOT NULL,
  role text NOT NULL,
  du date NOT NULL,
  au date,
  nom text,
  courriel text,
  CONSTRAINT membre_pkey PRIMARY KEY (name),
  CONSTRAINT membre_porteur_fkey FOREIGN KEY (porteur) REFERENCES porteur (name),
  CONSTRAINT membre_du_porteur CHECK (starts_with(name, porteur || '/membres/')),
  CONSTRAINT membre_role CHECK (role IN ('REDACTEUR', 'SIGNATAIRE', 'ADMINISTRATEUR')),
  CONSTRAINT membre_dates CHECK (au >= du)
);
CREATE INDEX membre_porteur ON membre (porteur);
-- Who could sign on a given day remains known.
CREATE TRIGGER membre_ajout_seul BEFORE DELETE OR TRUNCATE ON membre
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE DELETE, TRUNCATE ON membre FROM PUBLIC, CURRENT_USER;
