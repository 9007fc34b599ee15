-- Funders, envelopes, funder lines (one per action × funder, ten amounts in cents) and programmations.
CREATE TABLE financeur (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  libelle text NOT NULL,
  categorie text NOT NULL,
  siren text,
  utilise_la_suite boolean NOT NULL,
  CONSTRAINT financeur_pkey PRIMARY KEY (name),
  CONSTRAINT financeur_categorie CHECK (categorie IN
    ('ETAT', 'REGION', 'DEPARTEMENT', 'EPCI', 'COMMUNE', 'CAF', 'BAILLEUR', 'EUROPE', 'AUTRE'))
);

CREATE TABLE enveloppe (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  libelle text NOT NULL,
  financeur text NOT NULL,
  programme text,
  bop text,
  perimetre text NOT NULL,
  exercice integer NOT NULL,
  nature text NOT NULL,
  parent text,
  dotation_centimes bigint NOT NULL,
  montant_centimes bigint NOT NULL,
  disponible_centimes bigint NOT NULL,
  reserve_centimes bigint NOT NULL,
  consomme_centimes bigint NOT NULL,
  gele_centimes bigint NOT NULL,
  delegue_centimes bigint NOT NULL,
  CONSTRAINT enveloppe_pkey PRIMARY KEY (name),
  CONSTRAINT enveloppe_financeur_fkey FOREIGN KEY (financeur) REFERENCES financeur (name),
  CONSTRAINT enveloppe_parent_fkey FOREIGN KEY (parent) REFERENCES enveloppe (name),
  CONSTRAINT enveloppe_nature CHECK (nature IN ('AE', 'CP')),
  -- Never over-committed, whatever the writer and the concurrency: no account of an envelope goes
  -- under zero, and money that is delegated has left the parent (0002 ties the amounts to the ledger).
  CONSTRAINT enveloppe_suffisante CHECK (
    least(disponible_centimes, reserve_centimes, consomme_centimes, gele_centimes) >= 0),
  CONSTRAINT enveloppe_total CHECK (
    montant_centimes =
      disponible_centimes + reserve_centimes + consomme_centimes + gele_centimes)
);
CREATE INDEX enveloppe_perimetre ON enveloppe (perimetre, exercice);
CREATE INDEX enveloppe_parent ON enveloppe (parent);

CREATE TABLE ligne (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  action text NOT NULL,
  financeur text NOT NULL,
  enveloppe text,
  demande_droit_commun_centimes bigint NOT NULL,
  demande_specifiques_centimes bigint NOT NULL,
  propose_droit_commun_centimes bigint NOT NULL,
  propose_specifiques_centimes bigint NOT NULL,
  vote_droit_commun_centimes bigint NOT NULL,
  vote_specifiques_centimes bigint NOT NULL,
  engage_droit_commun_centimes bigint NOT NULL,
  engage_specifiques_centimes bigint NOT NULL,
  paye_droit_commun_centimes bigint NOT NULL,
  paye_specifiques_centimes bigint NOT NULL,
  reserve_droit_commun_centimes bigint NOT NULL,
  reserve_specifiques_centimes bigint NOT NULL,
  reserve_expire_time timestamptz,
  etat text NOT NULL,
  motif text,
  ej text,
  demande_le date,
  vote_le date,
  notifie_le date,
  source text,
  exercice integer NOT NULL,
  contrat text,
  departement text,
  region text,
  thematique text,
  dispositif text,
  quartiers jsonb,
  CONSTRAINT ligne_pkey PRIMARY KEY (name),
  CONSTRAINT ligne_action_financeur_key UNIQUE (action, financeur),
  CONSTRAINT ligne_financeur_fkey FOREIGN KEY (financeur) REFERENCES financeur (name),
  CONSTRAINT ligne_enveloppe_fkey FOREIGN KEY (enveloppe) REFERENCES enveloppe (name),
  CONSTRAINT ligne_etat CHECK (etat IN
    ('DEMANDEE', 'PRISE_EN_CHARGE', 'RECEVABLE', 'PROPOSEE', 'VOTEE', 'NOTIFIEE', 'ENGAGEE',
     'VERSEE', 'JUSTIFIEE', 'SOLDEE', 'IRRECEVABLE', 'REFUSEE', 'A_REVERSER', 'REVERSEE',
     'SANS_REPONSE')),
  CONSTRAINT ligne_montants_positifs CHECK (least(
    demande_droit_commun_centimes, demande_specifiques_centimes,
    propose_droit_commun_centimes, propose_specifiques_centimes,
    vote_droit_commun_centimes, vote_specifiques_centimes,
    engage_droit_commun_centimes, engage_specifiques_centimes,
    paye_droit_commun_centimes, paye_specifiques_centimes,
    reserve_droit_commun_centimes, reserve_specifiques_centimes) >= 0),
  -- What is held for a proposal is held on an envelope, until a known instant.
  CONSTRAINT ligne_reserve_datee CHECK (
    (reserve_droit_commun_centimes + reserve_specifiques_centimes > 0) =
      (reserve_expire_time IS NOT NULL) AND
    (reserve_expire_time IS NULL OR enveloppe IS NOT NULL)),
  -- Never more committed than voted, never more paid than committed (loi organique n° 2001-692 du
  -- 1er août 2001, art. 8); each kind on its own.
  CONSTRAINT ligne_engage_vote CHECK (
    engage_droit_commun_centimes <= vote_droit_commun_centimes AND
    engage_specifiques_centimes <= vote_specifiques_centimes),
  CONSTRAINT ligne_paye_engage CHECK (
    paye_droit_commun_centimes <= engage_droit_commun_centimes AND
    paye_specifiques_centimes <= engage_specifiques_centimes),
  CONSTRAINT ligne_refus_sans_vote CHECK (etat NOT IN ('IRRECEVABLE', 'REFUSEE') OR
    (vote_droit_commun_centimes = 0 AND vote_specifiques_centimes = 0))
);
CREATE INDEX ligne_contrat ON ligne (contrat, exercice);
CREATE INDEX ligne_enveloppe ON ligne (enveloppe);
CREATE INDEX ligne_reserve_expire ON ligne (reserve_expire_time)
  WHERE reserve_expire_time IS NOT NULL;
-- Lines that nobody has decided yet, for the list of what waits.
CREATE INDEX ligne_indecise ON ligne (financeur, exercice)
  WHERE etat IN ('DEMANDEE', 'PRISE_EN_CHARGE', 'RECEVABLE', 'PROPOSEE', 'SANS_REPONSE');

CREATE TABLE programmation (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  contrat text NOT NULL,
  exercice integer NOT NULL,
  etat text NOT NULL,
  arretee_le date,
  CONSTRAINT programmation_pkey PRIMARY KEY (name),
  CONSTRAINT programmation_contrat_exercice_key UNIQUE (contrat, exercice),
  CONSTRAINT programmation_etat CHECK (etat IN ('EN_PREPARATION', 'ARRETEE'))
);

-- A programmation is closed once no proposed line waits for its vote.
CREATE FUNCTION verifier_lignes_decidees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.etat = 'ARRETEE' AND EXISTS (
       SELECT 1 FROM ligne WHERE contrat = NEW.contrat AND exercice = NEW.exercice
       AND etat = 'PROPOSEE') THEN
    RAISE EXCEPTION 'des lignes proposées attendent leur vote'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'programmation_lignes_decidees';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER programmation_lignes_decidees BEFORE INSERT OR UPDATE ON programmation
  FOR EACH ROW EXECUTE FUNCTION verifier_lignes_decidees();
