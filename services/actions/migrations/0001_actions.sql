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
    CHECK (forme IN ('ASSOCIATION', 'COLLECTIVITE', 'ETABLISSEMENT_PUBLIC', 'BAILLEUR', 'AUTRE')),
  -- The identifier that is announced is there; a porteur without identification has none.
  CONSTRAINT porteur_identifiant CHECK (CASE identification
    WHEN 'SIRET' THEN siret IS NOT NULL
    WHEN 'RNA' THEN rna IS NOT NULL
    WHEN 'RIDET' THEN ridet IS NOT NULL
    WHEN 'TAHITI' THEN tahiti IS NOT NULL
    ELSE siret IS NULL AND rna IS NULL AND ridet IS NULL AND tahiti IS NULL END),
  -- Contrat d'engagement républicain (loi n° 2000-321, art. 10-1): withdrawn only once subscribed.
  CONSTRAINT porteur_engagement
    CHECK (cer_retire_le IS NULL OR (cer_souscrit_le IS NOT NULL AND cer_retire_le >= cer_souscrit_le))
);
-- One organisation per identifier.
CREATE UNIQUE INDEX porteur_siret_key ON porteur (siret) WHERE delete_time IS NULL;
CREATE UNIQUE INDEX porteur_rna_key ON porteur (rna) WHERE delete_time IS NULL;
CREATE UNIQUE INDEX porteur_ridet_key ON porteur (ridet) WHERE delete_time IS NULL;
CREATE UNIQUE INDEX porteur_tahiti_key ON porteur (tahiti) WHERE delete_time IS NULL;

-- Shares of the quartiers of an action, in basis points.
CREATE FUNCTION somme_parts(quartiers jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sum((q ->> 'part_points')::int) FROM jsonb_array_elements(quartiers) AS q
$$;

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
  attestations jsonb,
  depot_time timestamptz,
  appel text,
  reponses jsonb,
  pieces jsonb,
  publics jsonb,
  npnru boolean NOT NULL DEFAULT false,
  CONSTRAINT action_pkey PRIMARY KEY (name),
  CONSTRAINT action_porteur_fkey FOREIGN KEY (porteur) REFERENCES porteur (name),
  CONSTRAINT action_type
    CHECK (type IN ('ACTION', 'POSTE_ADULTE_RELAIS', 'POSTE_FONJEP', 'INGENIERIE')),
  CONSTRAINT action_etat CHECK (etat IN
    ('BROUILLON', 'EN_ATTENTE_ATTESTATION', 'DEPOSEE', 'A_COMPLETER', 'COMPLETE',
     'EN_INSTRUCTION', 'PROGRAMMEE', 'EN_COURS', 'REALISEE', 'JUSTIFIEE', 'SOLDEE',
     'IRRECEVABLE', 'REFUSEE', 'AJOURNEE', 'ABANDONNEE', 'NON_REALISEE')),
  -- Whatever was filed in this suite was attested; an import states a past that it cannot show.
  CONSTRAINT action_attestee CHECK (
    (attestations IS NULL) = (depot_time IS NULL)
    AND (depot_time IS NOT NULL OR etat_importe IS NOT NULL OR etat NOT IN
         ('DEPOSEE', 'A_COMPLETER', 'COMPLETE', 'EN_INSTRUCTION', 'AJOURNEE', 'PROGRAMMEE',
          'REFUSEE', 'IRRECEVABLE'))),
  CONSTRAINT action_dates CHECK (date_debut IS NULL OR date_fin IS NULL OR date_debut <= date_fin),
  CONSTRAINT action_parts CHECK (quartiers IS NULL OR somme_parts(quartiers) = 10000)
);
CREATE INDEX action_contrat ON action (contrat, exercice);
CREATE INDEX action_porteur ON action (porteur);
CREATE INDEX action_departement ON action (departement, exercice);

-- Deletion is soft (AIP-164): rows are referred to by other services, and counted.
CREATE TRIGGER porteur_ajout_seul BEFORE DELETE OR TRUNCATE ON porteur
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
CREATE TRIGGER action_ajout_seul BEFORE DELETE OR TRUNCATE ON action
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE DELETE, TRUNCATE ON porteur, action FROM PUBLIC, CURRENT_USER;

-- A porteur that carries actions is not deleted, and a deleted one carries none. Both ways are
-- checked: the foreign key makes one of two concurrent transactions wait for the other, and the check
-- that comes second then sees what the first one did.
CREATE FUNCTION garder_porteur_des_actions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM apres p JOIN action a ON a.porteur = p.name
             WHERE p.delete_time IS NOT NULL AND a.delete_time IS NULL) THEN
    RAISE EXCEPTION 'un porteur qui a des actions ne s''efface pas'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'porteur_avec_actions';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER porteur_avec_actions AFTER UPDATE ON porteur
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION garder_porteur_des_actions();
CREATE FUNCTION garder_porteur_present() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM apres a JOIN porteur p ON p.name = a.porteur
             WHERE a.delete_time IS NULL AND p.delete_time IS NOT NULL) THEN
    RAISE EXCEPTION 'le porteur est effacé'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'action_porteur_present';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER action_porteur_present_creation AFTER INSERT ON action
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION garder_porteur_present();
CREATE TRIGGER action_porteur_present_modification AFTER UPDATE ON action
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION garder_porteur_present();

-- What this service knows of contrats, fed by its feed.
CREATE TABLE miroir_contrat (
  name text PRIMARY KEY,
  revision bigint NOT NULL,
  delete_time timestamptz,
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
CREATE TABLE miroir_dispositif (
  name text PRIMARY KEY, revision bigint NOT NULL, delete_time timestamptz, libelle text
);
CREATE TABLE miroir_correspondance (
  name text PRIMARY KEY, revision bigint NOT NULL, source text, cible text
);
CREATE INDEX miroir_correspondance_source ON miroir_correspondance (source);
CREATE INDEX miroir_correspondance_cible ON miroir_correspondance (cible);
