-- The ledger. An entry moves an amount from one account to another: balanced by construction. It is
-- never changed nor taken away; a correction is a new entry. The amounts of lines and envelopes are
-- the balances of their accounts.
--
-- Accounts: 'enveloppes/<id>/comptes/disponible' and '…/gele'; 'lignes/<id>/comptes/<poste>', twelve
-- postes; 'financeurs/<id>/comptes/exterieur', where money comes from and amounts that no envelope
-- follows.
CREATE TABLE ecriture (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  -- Taken once the rows that the entries move are locked: on each account, the order of the instants
  -- is that of the transactions (common/adr, lecture à un instant).
  instant timestamptz NOT NULL DEFAULT statement_timestamp(),
  operation text NOT NULL,
  nature text NOT NULL,
  debit text NOT NULL,
  credit text NOT NULL,
  montant_centimes bigint NOT NULL,
  ligne text,
  enveloppe text,
  contrepartie text,
  acteur text,
  organisation text,
  motif text,
  request_id text,
  CONSTRAINT ecriture_pkey PRIMARY KEY (xid, seq),
  CONSTRAINT ecriture_montant_positif CHECK (montant_centimes > 0),
  CONSTRAINT ecriture_deux_comptes CHECK (debit <> credit),
  CONSTRAINT ecriture_nature CHECK (nature IN
    ('DEMANDE', 'PROPOSITION', 'RESERVATION', 'LIBERATION', 'EXPIRATION', 'VOTE', 'ENGAGEMENT',
     'VERSEMENT', 'IMPORT', 'CORRECTION', 'ABONDEMENT', 'DELEGATION', 'TRANSFERT', 'GEL', 'DEGEL',
     'REPORT')),
  -- Every account that an entry moves is that of the line and of the envelopes that it names.
  CONSTRAINT ecriture_comptes CHECK (
    (debit LIKE 'financeurs/%/comptes/exterieur' OR
     starts_with(debit, coalesce(ligne, '?') || '/comptes/') OR
     starts_with(debit, coalesce(enveloppe, '?') || '/comptes/') OR
     starts_with(debit, coalesce(contrepartie, '?') || '/comptes/')) AND
    (credit LIKE 'financeurs/%/comptes/exterieur' OR
     starts_with(credit, coalesce(ligne, '?') || '/comptes/') OR
     starts_with(credit, coalesce(enveloppe, '?') || '/comptes/') OR
     starts_with(credit, coalesce(contrepartie, '?') || '/comptes/')))
);
CREATE INDEX ecriture_ligne ON ecriture (ligne, instant, seq) WHERE ligne IS NOT NULL;
CREATE INDEX ecriture_enveloppe ON ecriture (enveloppe, instant, seq) WHERE enveloppe IS NOT NULL;
CREATE INDEX ecriture_contrepartie ON ecriture (contrepartie, instant, seq)
  WHERE contrepartie IS NOT NULL;

-- History is never rewritten: by grant, and by trigger for the owner of the table.
CREATE TRIGGER ecriture_ajout_seul BEFORE UPDATE OR DELETE OR TRUNCATE ON ecriture
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE UPDATE, DELETE, TRUNCATE ON ecriture FROM PUBLIC, CURRENT_USER;

-- What each entry brings to the account of a line.
CREATE VIEW mouvement_ligne_compte AS
  SELECT xid, seq, instant, ligne, credit AS compte, montant_centimes
    FROM ecriture WHERE ligne IS NOT NULL AND starts_with(credit, ligne || '/')
  UNION ALL
  SELECT xid, seq, instant, ligne, debit, -montant_centimes
    FROM ecriture WHERE ligne IS NOT NULL AND starts_with(debit, ligne || '/');

-- What each entry brings to an envelope. `enveloppe` pays a line or is the near side of a movement
-- between envelopes (the parent, for a delegation); `contrepartie` is the far side.
CREATE VIEW mouvement_enveloppe AS
  SELECT xid, seq, instant, nature, enveloppe AS name,
         ((credit = enveloppe || '/comptes/disponible')::int -
          (debit = enveloppe || '/comptes/disponible')::int) * montant_centimes AS disponible,
         ((credit LIKE 'lignes/%/comptes/reserve-%')::int -
          (debit LIKE 'lignes/%/comptes/reserve-%')::int) * montant_centimes AS reserve,
         ((credit LIKE 'lignes/%/comptes/vote-%' OR credit LIKE 'lignes/%/comptes/paye-%')::int -
          (debit LIKE 'lignes/%/comptes/vote-%' OR debit LIKE 'lignes/%/comptes/paye-%')::int) *
           montant_centimes AS consomme,
         ((credit = enveloppe || '/comptes/gele')::int -
          (debit = enveloppe || '/comptes/gele')::int) * montant_centimes AS gele,
         CASE nature WHEN 'DELEGATION' THEN
           ((debit = enveloppe || '/comptes/disponible')::int -
            (credit = enveloppe || '/comptes/disponible')::int) * montant_centimes
         ELSE 0 END AS delegue
    FROM ecriture WHERE enveloppe IS NOT NULL
  UNION ALL
  SELECT xid, seq, instant, nature, contrepartie,
         ((credit = contrepartie || '/comptes/disponible')::int -
          (debit = contrepartie || '/comptes/disponible')::int) * montant_centimes,
         0, 0, 0, 0
    FROM ecriture WHERE contrepartie IS NOT NULL;

-- The balances that a line keeps, by poste.
CREATE FUNCTION soldes_ligne(l ligne) RETURNS TABLE (poste text, solde bigint)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  VALUES ('demande-droit-commun', l.demande_droit_commun_centimes),
         ('demande-specifiques', l.demande_specifiques_centimes),
         ('propose-droit-commun', l.propose_droit_commun_centimes),
         ('propose-specifiques', l.propose_specifiques_centimes),
         ('reserve-droit-commun', l.reserve_droit_commun_centimes),
         ('reserve-specifiques', l.reserve_specifiques_centimes),
         ('vote-droit-commun', l.vote_droit_commun_centimes),
         ('vote-specifiques', l.vote_specifiques_centimes),
         ('engage-droit-commun', l.engage_droit_commun_centimes),
         ('engage-specifiques', l.engage_specifiques_centimes),
         ('paye-droit-commun', l.paye_droit_commun_centimes),
         ('paye-specifiques', l.paye_specifiques_centimes)
$$;

-- What a change brings to them.
CREATE FUNCTION ecarts_ligne(l ligne, a ligne) RETURNS TABLE (poste text, ecart bigint)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  VALUES ('demande-droit-commun', l.demande_droit_commun_centimes - a.demande_droit_commun_centimes),
         ('demande-specifiques', l.demande_specifiques_centimes - a.demande_specifiques_centimes),
         ('propose-droit-commun', l.propose_droit_commun_centimes - a.propose_droit_commun_centimes),
         ('propose-specifiques', l.propose_specifiques_centimes - a.propose_specifiques_centimes),
         ('reserve-droit-commun', l.reserve_droit_commun_centimes - a.reserve_droit_commun_centimes),
         ('reserve-specifiques', l.reserve_specifiques_centimes - a.reserve_specifiques_centimes),
         ('vote-droit-commun', l.vote_droit_commun_centimes - a.vote_droit_commun_centimes),
         ('vote-specifiques', l.vote_specifiques_centimes - a.vote_specifiques_centimes),
         ('engage-droit-commun', l.engage_droit_commun_centimes - a.engage_droit_commun_centimes),
         ('engage-specifiques', l.engage_specifiques_centimes - a.engage_specifiques_centimes),
         ('paye-droit-commun', l.paye_droit_commun_centimes - a.paye_droit_commun_centimes),
         ('paye-specifiques', l.paye_specifiques_centimes - a.paye_specifiques_centimes)
$$;

-- The amounts of a row move exactly as the entries of its transaction say, whoever writes. Entries are
-- written before the rows. A trigger that moves rows in its turn (the facts of an action) moves no
-- amount.
CREATE TYPE solde_compte AS (compte text, solde bigint);
CREATE FUNCTION exiger_ecritures(tenus solde_compte[], lignes text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  faux record;
BEGIN
  WITH ecrit AS MATERIALIZED (
    SELECT ligne, compte, montant_centimes AS m FROM mouvement_ligne_compte
    WHERE xid = pg_current_xact_id() AND pg_trigger_depth() = 1)
  SELECT compte, coalesce(t.solde, 0) AS tenu, coalesce(e.solde, 0) AS ecrit INTO faux
    FROM unnest(tenus) t
    FULL JOIN (SELECT ecrit.compte, sum(ecrit.m) AS solde FROM ecrit
               WHERE ecrit.ligne IN (SELECT unnest(lignes)) GROUP BY ecrit.compte) e USING (compte)
    WHERE coalesce(t.solde, 0) <> coalesce(e.solde, 0) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'compte % : % tenu, % écrit', faux.compte, faux.tenu, faux.ecrit
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ligne_suit_ecritures';
  END IF;
END $$;

CREATE FUNCTION verifier_insertion_lignes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM exiger_ecritures(
    (SELECT array_agg(ROW(l.name || '/comptes/' || s.poste, s.solde)::solde_compte)
       FROM apres l, soldes_ligne(l) s WHERE s.solde <> 0),
    (SELECT array_agg(name) FROM apres));
  RETURN NULL;
END $$;
CREATE TRIGGER ligne_ecritures_insertion AFTER INSERT ON ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION verifier_insertion_lignes();

-- Transition tables have no statistics: a plan made for one row would join thousands one by one. A plan
-- without that join looks so dear that a session with the JIT (any but the service's) would compile it.
CREATE FUNCTION verifier_modification_lignes() RETURNS trigger LANGUAGE plpgsql
SET enable_nestloop = off SET jit = off AS $$
BEGIN
  PERFORM exiger_ecritures(
    (SELECT array_agg(ROW(l.name || '/comptes/' || e.poste, e.ecart)::solde_compte)
       FROM apres l JOIN avant a ON a.name = l.name, ecarts_ligne(l, a) e WHERE e.ecart <> 0),
    (SELECT array_agg(name) FROM apres));
  RETURN NULL;
END $$;
CREATE TRIGGER ligne_ecritures_modification AFTER UPDATE ON ligne
  REFERENCING OLD TABLE AS avant NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION verifier_modification_lignes();

-- The same for the accounts of envelopes.
CREATE TYPE soldes_enveloppe AS (
  name text, disponible bigint, reserve bigint, consomme bigint, gele bigint, delegue bigint);
CREATE FUNCTION exiger_ecritures_enveloppes(tenus soldes_enveloppe[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  fausse text;
BEGIN
  SELECT t.name INTO fausse
    FROM unnest(tenus) t
    LEFT JOIN (SELECT m.name, sum(m.disponible) AS disponible, sum(m.reserve) AS reserve,
                      sum(m.consomme) AS consomme, sum(m.gele) AS gele, sum(m.delegue) AS delegue
               FROM mouvement_enveloppe m WHERE m.xid = pg_current_xact_id() GROUP BY m.name) e
      ON e.name = t.name
    WHERE (t.disponible, t.reserve, t.consomme, t.gele, t.delegue) IS DISTINCT FROM
          (coalesce(e.disponible, 0), coalesce(e.reserve, 0), coalesce(e.consomme, 0),
           coalesce(e.gele, 0), coalesce(e.delegue, 0)) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'l''enveloppe % ne suit pas ses écritures', fausse
      USING ERRCODE = 'check_violation', CONSTRAINT = 'enveloppe_suit_ecritures';
  END IF;
END $$;

CREATE FUNCTION verifier_enveloppes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM exiger_ecritures_enveloppes(
      (SELECT array_agg(ROW(name, disponible_centimes, reserve_centimes, consomme_centimes,
                            gele_centimes, delegue_centimes)::soldes_enveloppe) FROM apres));
  ELSE
    PERFORM exiger_ecritures_enveloppes(
      (SELECT array_agg(ROW(
                l.name, l.disponible_centimes - a.disponible_centimes,
                l.reserve_centimes - a.reserve_centimes,
                l.consomme_centimes - a.consomme_centimes, l.gele_centimes - a.gele_centimes,
                l.delegue_centimes - a.delegue_centimes)::soldes_enveloppe)
         FROM apres l JOIN avant a ON a.name = l.name));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER enveloppe_ecritures_insertion AFTER INSERT ON enveloppe
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION verifier_enveloppes();
CREATE TRIGGER enveloppe_ecritures_modification AFTER UPDATE ON enveloppe
  REFERENCING OLD TABLE AS avant NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION verifier_enveloppes();

-- What an envelope is never changes: what it has granted would no longer be told by its entries.
CREATE FUNCTION garder_enveloppe() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.financeur, NEW.exercice, NEW.nature, NEW.parent) IS DISTINCT FROM
     (OLD.financeur, OLD.exercice, OLD.nature, OLD.parent) THEN
    RAISE EXCEPTION 'une enveloppe ne change ni de financeur, ni d''exercice, ni de nature, ni de parent'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'enveloppe_figee';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER enveloppe_garder BEFORE UPDATE ON enveloppe
  FOR EACH ROW EXECUTE FUNCTION garder_enveloppe();

-- What is kept and is not the sum of its entries, a sentence each. Empty on a sound store.
CREATE VIEW ecart_ecritures AS
  SELECT format('Compte %s : %s centimes tenus, %s écrits.', compte, coalesce(t.solde, 0),
                coalesce(e.solde, 0)) AS phrase
    FROM (SELECT l.name || '/comptes/' || s.poste AS compte, s.solde
          FROM ligne l, soldes_ligne(l) s WHERE s.solde <> 0) t
    FULL JOIN (SELECT compte, sum(montant_centimes) AS solde FROM mouvement_ligne_compte
               GROUP BY compte) e USING (compte)
    WHERE coalesce(t.solde, 0) <> coalesce(e.solde, 0)
  UNION ALL
  SELECT format('Enveloppe %s : disponible, réservé, consommé, gelé, délégué : %s tenus, %s écrits.',
                name, t.soldes, e.soldes)
    FROM (SELECT name, ARRAY[disponible_centimes, reserve_centimes, consomme_centimes,
                             gele_centimes, delegue_centimes] AS soldes FROM enveloppe) t
    FULL JOIN (SELECT name, ARRAY[sum(disponible), sum(reserve), sum(consomme), sum(gele),
                                  sum(delegue)]::bigint[] AS soldes
               FROM mouvement_enveloppe GROUP BY name) e USING (name)
    WHERE coalesce(t.soldes, array_fill(0::bigint, ARRAY[5])) <>
          coalesce(e.soldes, array_fill(0::bigint, ARRAY[5]));
