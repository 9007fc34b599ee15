-- Contrats de ville (loi n° 2014-173 du 21 février 2014, art. 6), their signed revisions, avenants, labels
-- and bodies.
CREATE TABLE contrat (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  code text NOT NULL,
  libelle text NOT NULL,
  generation text NOT NULL,
  etat text,
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
  CONSTRAINT contrat_dates CHECK (date_debut IS NULL OR date_fin IS NULL OR date_debut <= date_fin),
  CONSTRAINT contrat_etat_connu CHECK (etat IS NOT NULL)
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
  CONSTRAINT revision_contrat_pkey PRIMARY KEY (name)
);

CREATE TABLE avenant (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  type text NOT NULL,
  objet text NOT NULL,
  date_effet date NOT NULL,
  nouvelle_date_fin date,
  quartiers text[] NOT NULL,
  etat text,
  date_signature date,
  CONSTRAINT avenant_pkey PRIMARY KEY (name),
  CONSTRAINT avenant_type CHECK (type IN ('PROROGATION', 'AJOUT_QUARTIER', 'RETRAIT_QUARTIER', 'AUTRE')),
  CONSTRAINT avenant_etat CHECK (etat IN ('BROUILLON', 'SIGNE')),
  CONSTRAINT avenant_signe CHECK ((etat = 'SIGNE') = (date_signature IS NOT NULL))
);

CREATE TABLE labellisation (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  dispositif text NOT NULL,
  libelle text,
  valide_du date,
  valide_au date,
  CONSTRAINT labellisation_pkey PRIMARY KEY (name),
  CONSTRAINT labellisation_dispositif_fkey FOREIGN KEY (dispositif) REFERENCES dispositif (name),
  CONSTRAINT labellisation_periode CHECK (valide_du IS NULL OR valide_au IS NULL OR valide_du < valide_au)
);

CREATE TABLE instance (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  type text NOT NULL,
  libelle text NOT NULL,
  quartiers text[] NOT NULL,
  membres jsonb,
  CONSTRAINT instance_pkey PRIMARY KEY (name),
  CONSTRAINT instance_type CHECK (type IN ('COMITE_PILOTAGE', 'COMITE_TECHNIQUE', 'COMITE_FINANCEURS', 'CONSEIL_CITOYEN'))
);

CREATE INDEX contrat_departements ON contrat USING gin (departements);
CREATE INDEX contrat_generation ON contrat (generation, name);

-- A signed version never changes (AIP-162).
CREATE TRIGGER revision_contrat_ajout_seul BEFORE UPDATE OR DELETE OR TRUNCATE ON revision_contrat
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE UPDATE, DELETE, TRUNCATE ON revision_contrat FROM PUBLIC, CURRENT_USER;
