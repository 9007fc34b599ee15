-- Contrats de ville (loi n° 2014-173 du 21 février 2014, art. 6), their signed revisions,
-- avenants, labels and bodies.
CREATE TABLE contrat (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  code text NOT NULL,
  libelle text NOT NULL,
  generation text NOT NULL,
  etat text NOT NULL,
  departements text[] NOT NULL,
  regions text[] NOT NULL,
  date_signature date,
  date_debut date,
  date_fin date,
  nomenclature text,
  territoires jsonb,
  signataires jsonb,
  engagements jsonb,
  orientations jsonb,
  population_qpv bigint,
  revision_signee integer NOT NULL,
  CONSTRAINT contrat_pkey PRIMARY KEY (name),
  CONSTRAINT contrat_etat CHECK (etat IN ('PROJET', 'SIGNE', 'EN_VIGUEUR', 'CLOS')),
  CONSTRAINT contrat_nomenclature_fkey FOREIGN KEY (nomenclature) REFERENCES nomenclature (name),
  CONSTRAINT contrat_code_key UNIQUE (code),
  CONSTRAINT contrat_nom CHECK (name = 'contrats/' || lower(code)),
  CONSTRAINT contrat_generation CHECK (generation IN ('2015-2023', '2024-2030')),
  CONSTRAINT contrat_dates CHECK (date_debut IS NULL OR date_fin IS NULL OR date_debut <= date_fin),
  -- A project was never signed; anything else was, and keeps what was signed.
  CONSTRAINT contrat_projet CHECK ((etat = 'PROJET') = (revision_signee = 0)),
  CONSTRAINT contrat_suppression CHECK (delete_time IS NULL OR etat = 'PROJET')
);

CREATE TABLE revision_contrat (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  numero integer NOT NULL,
  contrat jsonb,
  avenant text,
  parent text NOT NULL GENERATED ALWAYS AS (substring(name FROM '^contrats/[^/]+')) STORED,
  CONSTRAINT revision_contrat_pkey PRIMARY KEY (name),
  CONSTRAINT revision_contrat_nom CHECK (name = parent || '/revisions/' || numero),
  CONSTRAINT revision_contrat_numero CHECK (numero >= 1),
  -- The snapshot is written before the contrat that it shows: both hold at the commit.
  CONSTRAINT revision_contrat_contrat_fkey FOREIGN KEY (parent) REFERENCES contrat (name)
    DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE avenant (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  type text NOT NULL,
  objet text NOT NULL,
  date_effet date NOT NULL,
  nouvelle_date_fin date,
  quartiers text[] NOT NULL,
  etat text NOT NULL,
  date_signature date,
  signataires jsonb,
  engagements jsonb,
  orientations jsonb,
  nouveau_libelle text,
  parent text NOT NULL GENERATED ALWAYS AS (substring(name FROM '^contrats/[^/]+')) STORED,
  CONSTRAINT avenant_pkey PRIMARY KEY (name),
  CONSTRAINT avenant_contrat_fkey FOREIGN KEY (parent) REFERENCES contrat (name),
  CONSTRAINT avenant_type
    CHECK (type IN ('PROROGATION', 'AJOUT_QUARTIER', 'RETRAIT_QUARTIER', 'AUTRE')),
  CONSTRAINT avenant_etat CHECK (etat IN ('BROUILLON', 'SIGNE')),
  CONSTRAINT avenant_signature CHECK ((etat = 'SIGNE') = (date_signature IS NOT NULL)),
  CONSTRAINT avenant_suppression CHECK (delete_time IS NULL OR etat = 'BROUILLON')
);

CREATE TABLE labellisation (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  dispositif text NOT NULL,
  libelle text,
  valide_du date,
  valide_au date,
  parent text NOT NULL GENERATED ALWAYS AS (substring(name FROM '^contrats/[^/]+')) STORED,
  CONSTRAINT labellisation_pkey PRIMARY KEY (name),
  CONSTRAINT labellisation_contrat_fkey FOREIGN KEY (parent) REFERENCES contrat (name),
  CONSTRAINT labellisation_dispositif_fkey FOREIGN KEY (dispositif) REFERENCES dispositif (name),
  CONSTRAINT labellisation_periode
    CHECK (valide_du IS NULL OR valide_au IS NULL OR valide_du < valide_au)
);

CREATE TABLE instance (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  type text NOT NULL,
  libelle text NOT NULL,
  quartiers text[] NOT NULL,
  membres jsonb,
  parent text NOT NULL GENERATED ALWAYS AS (substring(name FROM '^contrats/[^/]+')) STORED,
  CONSTRAINT instance_pkey PRIMARY KEY (name),
  CONSTRAINT instance_contrat_fkey FOREIGN KEY (parent) REFERENCES contrat (name),
  CONSTRAINT instance_type CHECK
    (type IN ('COMITE_PILOTAGE', 'COMITE_TECHNIQUE', 'COMITE_FINANCEURS', 'CONSEIL_CITOYEN')),
  -- Loi n° 2014-173, art. 7: a conseil citoyen is that of quartiers; the other bodies are not.
  CONSTRAINT instance_quartiers CHECK ((type = 'CONSEIL_CITOYEN') = (quartiers <> '{}'))
);

CREATE INDEX contrat_departements ON contrat USING gin (departements);
CREATE INDEX contrat_regions ON contrat USING gin (regions);
-- Which contrats a territory is part of.
CREATE INDEX contrat_territoires ON contrat USING gin (territoires jsonb_path_ops);
CREATE INDEX contrat_generation ON contrat (generation, name);
CREATE INDEX revision_contrat_parent ON revision_contrat (parent);
CREATE INDEX avenant_parent ON avenant (parent);
CREATE INDEX labellisation_parent ON labellisation (parent);
CREATE INDEX labellisation_dispositif ON labellisation (dispositif);
CREATE INDEX instance_parent ON instance (parent);

-- Whoever writes: a contrat never goes back to an earlier state, and what was signed changes only
-- with a new signed revision (loi n° 2014-173, art. 6). Several verbs may reach the table as one
-- UPDATE, so that a state may be skipped here; domain/etats.h forbids it.
CREATE FUNCTION contrat_tenir() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  etats CONSTANT text[] := ARRAY['PROJET', 'SIGNE', 'EN_VIGUEUR', 'CLOS'];
BEGIN
  IF array_position(etats, NEW.etat) < array_position(etats, OLD.etat) THEN
    RAISE EXCEPTION 'un contrat ne revient pas en arrière'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'contrat_transition', TABLE = 'contrat';
  END IF;
  IF NEW.revision_signee < OLD.revision_signee
     OR (OLD.etat <> 'PROJET' AND NEW.revision_signee = OLD.revision_signee
         AND (OLD.code, OLD.libelle, OLD.generation, OLD.departements, OLD.date_signature,
              OLD.date_debut, OLD.date_fin, OLD.nomenclature, OLD.territoires, OLD.signataires,
              OLD.engagements, OLD.orientations)
             IS DISTINCT FROM
             (NEW.code, NEW.libelle, NEW.generation, NEW.departements, NEW.date_signature,
              NEW.date_debut, NEW.date_fin, NEW.nomenclature, NEW.territoires, NEW.signataires,
              NEW.engagements, NEW.orientations)) THEN
    RAISE EXCEPTION 'un contrat signé ne change que par avenant'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'contrat_signe', TABLE = 'contrat';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contrat_tenu BEFORE UPDATE ON contrat
  FOR EACH ROW EXECUTE FUNCTION contrat_tenir();

-- A signature leaves a revision. A trigger, since a foreign key would lock the row that it cites,
-- which takes the right to update it. At the commit: the snapshot may be written after.
CREATE FUNCTION contrat_chercher_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM revision_contrat
                 WHERE name = NEW.name || '/revisions/' || NEW.revision_signee) THEN
    RAISE EXCEPTION 'la version signée manque'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'contrat_revision', TABLE = 'contrat';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER contrat_revision AFTER INSERT OR UPDATE ON contrat
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.revision_signee > 0)
  EXECUTE FUNCTION contrat_chercher_revision();

-- A signed avenant never changes.
CREATE FUNCTION avenant_tenir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'un avenant signé ne change plus'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'avenant_signe', TABLE = 'avenant';
END $$;
CREATE TRIGGER avenant_tenu BEFORE UPDATE ON avenant
  FOR EACH ROW WHEN (OLD.etat = 'SIGNE') EXECUTE FUNCTION avenant_tenir();

-- A signed version never changes (AIP-162).
CREATE TRIGGER revision_contrat_ajout_seul BEFORE UPDATE OR DELETE OR TRUNCATE ON revision_contrat
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE UPDATE, DELETE, TRUNCATE ON revision_contrat FROM PUBLIC, CURRENT_USER;
