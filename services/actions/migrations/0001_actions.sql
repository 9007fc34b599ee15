-- Porteurs and actions.
CREATE TABLE porteur (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  raison_sociale text NOT NULL,
  identification text NOT NULL,
  siret text,
  rna text,
  ridet text,
  tahiti text,
  forme text,
  commune text,
  departement text,
  cer_souscrit_le date,
  cer_retire_le date,
  representant text,
  iban text,
  CONSTRAINT porteur_pkey PRIMARY KEY (name),
  CONSTRAINT porteur_identification
    CHECK (identification IN ('SIRET', 'RNA', 'RIDET', 'TAHITI', 'AUCUNE')),
  CONSTRAINT porteur_forme
    CHECK (forme IN ('ASSOCIATION', 'COLLECTIVITE', 'ETABLISSEMENT_PUBLIC', 'BAILLEUR', 'AUTRE'))
);
-- One organisation per SIRET and per RNA.
CREATE UNIQUE INDEX porteur_siret_key ON porteur (siret) WHERE delete_time IS NULL;
CREATE UNIQUE INDEX porteur_rna_key ON porteur (rna) WHERE delete_time IS NULL;

CREATE TABLE action (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  intitule text NOT NULL,
  objet text,
  porteur text NOT NULL,
  contrat text,
  contrat_source text,
  departement text,
  region text,
  exercice integer NOT NULL,
  date_debut date,
  date_fin date,
  thematique text,
  marques_transversales text[] NOT NULL,
  dispositif text,
  quartiers jsonb,
  quartier_vecu boolean NOT NULL,
  type text NOT NULL,
  identifiant_source text,
  etat_importe text,
  etat text NOT NULL,
  motif text,
  CONSTRAINT action_pkey PRIMARY KEY (name),
  CONSTRAINT action_porteur_fkey FOREIGN KEY (porteur) REFERENCES porteur (name),
  CONSTRAINT action_type
    CHECK (type IN ('ACTION', 'POSTE_ADULTE_RELAIS', 'POSTE_FONJEP', 'INGENIERIE')),
  CONSTRAINT action_etat CHECK (etat IN
    ('BROUILLON', 'EN_ATTENTE_ATTESTATION', 'DEPOSEE', 'A_COMPLETER', 'COMPLETE',
     'EN_INSTRUCTION', 'PROGRAMMEE', 'EN_COURS', 'REALISEE', 'JUSTIFIEE', 'SOLDEE',
     'IRRECEVABLE', 'REFUSEE', 'AJOURNEE', 'ABANDONNEE', 'NON_REALISEE')),
  -- The state of a past action is taken over at import, never kept beside the real one.
  CONSTRAINT action_etat_importe CHECK (etat_importe IS NULL),
  CONSTRAINT action_dates CHECK (date_debut IS NULL OR date_fin IS NULL OR date_debut <= date_fin)
);
CREATE INDEX action_contrat ON action (contrat, exercice);
CREATE INDEX action_porteur ON action (porteur);
CREATE INDEX action_departement ON action (departement, exercice);

-- What this service knows of contrats, fed by its feed.
CREATE TABLE miroir_contrat (
  name text PRIMARY KEY,
  revision bigint NOT NULL,
  code text,
  libelle text,
  etat text,
  departements text[],
  regions text[],
  date_debut date,
  date_fin date,
  nomenclature text
);
CREATE TABLE miroir_qpv (
  name text PRIMARY KEY, revision bigint NOT NULL, code text, departement text, region text
);
CREATE TABLE miroir_thematique (
  name text PRIMARY KEY, revision bigint NOT NULL, parent text, pilier text
);
CREATE TABLE miroir_dispositif (name text PRIMARY KEY, revision bigint NOT NULL, libelle text);
