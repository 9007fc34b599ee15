-- Documents of porteurs. What is said of one lies here; its content, once for each porteur and
-- fingerprint, here too (morceau_contenu) or on a volume, as the service was started.
CREATE TABLE contenu_document (
  porteur text NOT NULL,
  empreinte text NOT NULL,
  taille_octets bigint NOT NULL,
  -- Last time that it was sent: what nothing refers to is swept away some time after.
  envoi_time timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT contenu_document_pkey PRIMARY KEY (porteur, empreinte),
  CONSTRAINT contenu_document_taille_key UNIQUE (porteur, empreinte, taille_octets),
  CONSTRAINT contenu_document_porteur_fkey FOREIGN KEY (porteur) REFERENCES porteur (name),
  CONSTRAINT contenu_document_empreinte CHECK (empreinte ~ '^[0-9a-f]{64}$'),
  CONSTRAINT contenu_document_taille CHECK (taille_octets BETWEEN 1 AND 52428800)
);
CREATE TABLE morceau_contenu (
  porteur text NOT NULL,
  empreinte text NOT NULL,
  rang integer NOT NULL,
  octets bytea NOT NULL,
  CONSTRAINT morceau_contenu_pkey PRIMARY KEY (porteur, empreinte, rang),
  CONSTRAINT morceau_contenu_fkey FOREIGN KEY (porteur, empreinte)
    REFERENCES contenu_document (porteur, empreinte) ON DELETE CASCADE
);
-- PDF, images and office documents are compressed already.
ALTER TABLE morceau_contenu ALTER COLUMN octets SET STORAGE EXTERNAL;

CREATE TABLE document (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  porteur text NOT NULL,
  nature text NOT NULL,
  titre text NOT NULL,
  type_contenu text NOT NULL,
  taille_octets bigint NOT NULL,
  empreinte text NOT NULL,
  valide_du date,
  valide_jusquau date,
  deposant text NOT NULL,
  CONSTRAINT document_pkey PRIMARY KEY (name),
  CONSTRAINT document_du_porteur CHECK (starts_with(name, porteur || '/documents/')),
  -- No document without its content, and of its size.
  CONSTRAINT document_contenu_fkey FOREIGN KEY (porteur, empreinte, taille_octets)
    REFERENCES contenu_document (porteur, empreinte, taille_octets),
  CONSTRAINT document_nature CHECK (nature IN ('STATUTS', 'RIB', 'RAPPORT_ACTIVITE', 'COMPTES',
    'PROCES_VERBAL', 'LISTE_DIRIGEANTS', 'RAPPORT_COMMISSAIRE', 'DELEGATION_SIGNATURE',
    'BUDGET_STRUCTURE', 'AUTRE')),
  CONSTRAINT document_dates CHECK (valide_jusquau >= valide_du)
);
-- A document is sent once, and cited as often as needed.
CREATE UNIQUE INDEX document_contenu_key ON document (porteur, nature, empreinte)
  WHERE delete_time IS NULL;
CREATE INDEX document_contenu ON document (porteur, empreinte);
CREATE TRIGGER document_ajout_seul BEFORE DELETE OR TRUNCATE ON document
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE DELETE, TRUNCATE ON document FROM PUBLIC, CURRENT_USER;
-- What a dossier was judged on does not change under it.
CREATE FUNCTION tenir_contenu() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'le contenu d''un document ne change pas'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'document_contenu_fixe';
END $$;
CREATE TRIGGER document_contenu_fixe BEFORE UPDATE ON document
  FOR EACH ROW WHEN ((OLD.porteur, OLD.nature, OLD.type_contenu, OLD.empreinte)
                     IS DISTINCT FROM (NEW.porteur, NEW.nature, NEW.type_contenu, NEW.empreinte))
  EXECUTE FUNCTION tenir_contenu();
CREATE TRIGGER morceau_contenu_ajout_seul BEFORE UPDATE OR TRUNCATE ON morceau_contenu
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE UPDATE, TRUNCATE ON morceau_contenu FROM PUBLIC, CURRENT_USER;
