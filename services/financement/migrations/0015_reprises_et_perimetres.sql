-- What a child has received from its parent, less what was taken back: the most that the parent may still take
-- back from it. Kept as the other amounts of an envelope are, and held to the ledger by the same triggers.
ALTER TABLE enveloppe ADD COLUMN recu_centimes bigint NOT NULL DEFAULT 0;

CREATE OR REPLACE VIEW mouvement_enveloppe AS
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
         ELSE 0 END AS delegue,
         0::bigint AS recu
    FROM ecriture WHERE enveloppe IS NOT NULL
  UNION ALL
  SELECT xid, seq, instant, nature, contrepartie,
         ((credit = contrepartie || '/comptes/disponible')::int -
          (debit = contrepartie || '/comptes/disponible')::int) * montant_centimes,
         0, 0, 0, 0,
         CASE nature WHEN 'DELEGATION' THEN
           ((credit = contrepartie || '/comptes/disponible')::int -
            (debit = contrepartie || '/comptes/disponible')::int) * montant_centimes
         ELSE 0 END
    FROM ecriture WHERE contrepartie IS NOT NULL;

CREATE OR REPLACE VIEW mouvement_enveloppe_compte AS
  SELECT m.xid, m.seq, m.instant, m.name, m.name || '/comptes/' || c.poste AS compte,
         c.montant AS montant_centimes
    FROM mouvement_enveloppe m,
         LATERAL (VALUES ('disponible', m.disponible), ('reserve', m.reserve),
                         ('consomme', m.consomme), ('gele', m.gele),
                         ('delegue', m.delegue), ('recu', m.recu)) c (poste, montant)
   WHERE c.montant <> 0;

-- What was delegated before. Its revision stays: nobody has changed it.
UPDATE enveloppe e SET recu_centimes = m.recu
  FROM (SELECT name, sum(recu)::bigint AS recu FROM mouvement_enveloppe GROUP BY name) m
  WHERE m.name = e.name AND m.recu <> 0;

ALTER TYPE soldes_enveloppe ADD ATTRIBUTE recu bigint;
CREATE OR REPLACE FUNCTION exiger_ecritures_enveloppes(tenus soldes_enveloppe[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  fausse text;
BEGIN
  SELECT t.name INTO fausse
    FROM unnest(tenus) t
    LEFT JOIN (SELECT m.name, sum(m.disponible) AS disponible, sum(m.reserve) AS reserve,
                      sum(m.consomme) AS consomme, sum(m.gele) AS gele, sum(m.delegue) AS delegue,
                      sum(m.recu) AS recu
               FROM mouvement_enveloppe m WHERE m.xid = pg_current_xact_id() GROUP BY m.name) e
      ON e.name = t.name
    WHERE (t.disponible, t.reserve, t.consomme, t.gele, t.delegue, t.recu) IS DISTINCT FROM
          (coalesce(e.disponible, 0), coalesce(e.reserve, 0), coalesce(e.consomme, 0),
           coalesce(e.gele, 0), coalesce(e.delegue, 0), coalesce(e.recu, 0)) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'l''enveloppe % ne suit pas ses écritures', fausse
      USING ERRCODE = 'check_violation', CONSTRAINT = 'enveloppe_suit_ecritures';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION verifier_enveloppes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM exiger_ecritures_enveloppes(
      (SELECT array_agg(ROW(name, disponible_centimes, reserve_centimes, consomme_centimes,
                            gele_centimes, delegue_centimes, recu_centimes)::soldes_enveloppe)
         FROM apres));
  ELSE
    PERFORM exiger_ecritures_enveloppes(
      (SELECT array_agg(ROW(
                l.name, l.disponible_centimes - a.disponible_centimes,
                l.reserve_centimes - a.reserve_centimes,
                l.consomme_centimes - a.consomme_centimes, l.gele_centimes - a.gele_centimes,
                l.delegue_centimes - a.delegue_centimes,
                l.recu_centimes - a.recu_centimes)::soldes_enveloppe)
         FROM apres l JOIN avant a ON a.name = l.name));
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE VIEW ecart_ecritures AS
  SELECT format('Compte %s : %s centimes tenus, %s écrits.', compte, coalesce(t.solde, 0),
                coalesce(e.solde, 0)) AS phrase
    FROM (SELECT l.name || '/comptes/' || s.poste AS compte, s.solde
          FROM ligne l, soldes_ligne(l) s WHERE s.solde <> 0) t
    FULL JOIN (SELECT compte, sum(montant_centimes) AS solde FROM mouvement_ligne_compte
               GROUP BY compte) e USING (compte)
    WHERE coalesce(t.solde, 0) <> coalesce(e.solde, 0)
  UNION ALL
  SELECT format('Enveloppe %s : disponible, réservé, consommé, gelé, délégué, reçu : %s tenus, %s écrits.',
                name, t.soldes, e.soldes)
    FROM (SELECT name, ARRAY[disponible_centimes, reserve_centimes, consomme_centimes,
                             gele_centimes, delegue_centimes, recu_centimes] AS soldes FROM enveloppe) t
    FULL JOIN (SELECT name, ARRAY[sum(disponible), sum(reserve), sum(consomme), sum(gele),
                                  sum(delegue), sum(recu)]::bigint[] AS soldes
               FROM mouvement_enveloppe GROUP BY name) e USING (name)
    WHERE coalesce(t.soldes, array_fill(0::bigint, ARRAY[6])) <>
          coalesce(e.soldes, array_fill(0::bigint, ARRAY[6]));

-- A parent takes back from a child no more than it gave to that one. Looked at when it falls: an envelope from
-- which too much was taken before is still voted from.
CREATE FUNCTION refuser_reprise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'l''enveloppe % rendrait plus qu''elle n''a reçu de son parent', NEW.name
    USING ERRCODE = 'check_violation', CONSTRAINT = 'enveloppe_recu';
END $$;
CREATE TRIGGER enveloppe_reprise BEFORE UPDATE ON enveloppe FOR EACH ROW
  WHEN (NEW.recu_centimes < 0 AND NEW.recu_centimes < OLD.recu_centimes)
  EXECUTE FUNCTION refuser_reprise();

-- Which perimeter holds which: the regions of a contrat, and the one of a département. What was mirrored before
-- lacks them: it is read again, from the whole state of contrats.
ALTER TABLE miroir_contrat ADD COLUMN regions text[];
CREATE TABLE miroir_departement (name text PRIMARY KEY, revision bigint NOT NULL, region text);
UPDATE miroir_contrat SET revision = 0;
DELETE FROM miroir_curseur WHERE source = 'contrats';
