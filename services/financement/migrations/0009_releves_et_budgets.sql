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
