-- What each entry brings to the accounts that the statement of an envelope lists: the two that entries move,
-- and what the lines and the children hold of it. Their sums are the amounts of the envelope.
CREATE VIEW mouvement_enveloppe_compte AS
  SELECT m.xid, m.seq, m.instant, m.name, m.name || '/comptes/' || c.poste AS compte,
         c.montant AS montant_centimes
    FROM mouvement_enveloppe m,
         LATERAL (VALUES ('disponible', m.disponible), ('reserve', m.reserve),
                         ('consomme', m.consomme), ('gele', m.gele),
                         ('delegue', m.delegue)) c (poste, montant)
   WHERE c.montant <> 0;

-- The outside of a funder, the other half of the double entry. Its name alone: the entries of one funder
-- are then a list of places in the index, and a new one goes at its end.
CREATE INDEX ecriture_exterieur_debit ON ecriture (debit) WHERE debit LIKE 'financeurs/%';
CREATE INDEX ecriture_exterieur_credit ON ecriture (credit) WHERE credit LIKE 'financeurs/%';

-- A parent takes back no more than it has delegated. What was written before is left as it is.
ALTER TABLE enveloppe ADD CONSTRAINT enveloppe_delegue CHECK (delegue_centimes >= 0) NOT VALID;

-- Whether a dossier was ever filed: nobody waits for the lines of one that was not.
ALTER TABLE miroir_action ADD COLUMN depot_time timestamptz;

-- The totals are those of the lines, whoever writes. A heading is the total of its lines (CERFA n° 12156):
-- beside them it is not added.
CREATE OR REPLACE FUNCTION sommer_budget() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  total record;
BEGIN
  WITH plan AS (
    SELECT c->>'code' AS code, c->>'parent' AS parent,
           replace(c->>'nature', 'NATURE_COMPTE_', '') AS n
      FROM (SELECT jsonb_array_elements(comptes) AS c FROM plan_comptable
             WHERE name = NEW.plan) p),
  ecrite AS (
    SELECT (l->>'montant_centimes')::numeric AS m, plan.*
      FROM jsonb_array_elements(NEW.lignes) l JOIN plan ON plan.code = l->>'compte')
  SELECT coalesce(sum(m) FILTER (WHERE n IN ('CHARGE', 'INVESTISSEMENT')), 0) AS charges,
         coalesce(sum(m) FILTER (WHERE n IN ('PRODUIT', 'SUBVENTION')), 0) AS produits,
         coalesce(sum(m) FILTER (WHERE n = 'SUBVENTION'), 0) AS subventions,
         coalesce(sum(m) FILTER (WHERE n = 'EMPLOI_VOLONTAIRE'), 0) AS emplois,
         coalesce(sum(m) FILTER (WHERE n = 'RESSOURCE_VOLONTAIRE'), 0) AS ressources
    INTO total
    FROM ecrite e WHERE NOT EXISTS (SELECT 1 FROM ecrite d WHERE d.parent = e.code);
  IF (total.charges, total.produits, total.subventions, total.emplois, total.ressources)
     IS DISTINCT FROM
     (NEW.charges_centimes::numeric, NEW.produits_centimes::numeric,
      NEW.subventions_centimes::numeric, NEW.emplois_volontaires_centimes::numeric,
      NEW.ressources_volontaires_centimes::numeric) THEN
    RAISE EXCEPTION 'les totaux du budget % ne sont pas ceux de ses lignes', NEW.name
      USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_totaux';
  END IF;
  RETURN NEW;
END $$;

-- A budget is compared with the lines of its action. A line and a budget that are created at once, on two
-- replicas, each read the other as absent, and the budget would tell for ever a difference that is not there
-- any more. A lock on the action makes the second one wait for the first; it then finds what it had not read,
-- and is played again. What a transaction has read to decide, it holds FOR UPDATE (xmax) or has written
-- itself (xmin).
--
-- Of lines: after ligne_reprendre_action (in order of name), which holds the actions FOR SHARE.
CREATE FUNCTION exiger_budgets_lus() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM budget b
              WHERE b.action = ANY((SELECT array_agg(DISTINCT action) FROM apres)::text[])
                AND pg_current_xact_id()::xid NOT IN (b.xmin, b.xmax)) THEN
    RAISE EXCEPTION 'le budget de l''action vient d''être écrit'
      USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ligne_suivre_budget AFTER INSERT ON ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION exiger_budgets_lus();

CREATE FUNCTION exiger_lignes_lues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actions text[];
BEGIN
  SELECT array_agg(DISTINCT action) INTO actions FROM apres;
  PERFORM 1 FROM miroir_action WHERE name = ANY(actions) ORDER BY name FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM ligne l WHERE l.action = ANY(actions)
                AND pg_current_xact_id()::xid NOT IN (l.xmin, l.xmax)) THEN
    RAISE EXCEPTION 'une ligne de l''action vient d''être écrite'
      USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER budget_suivre_lignes AFTER INSERT ON budget
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION exiger_lignes_lues();
