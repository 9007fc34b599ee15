-- A dossier is looked at when its lines are all decided, not each time that one of them moves: most of them wait
-- for another funder. The one who writes the last decision in the mirror sees the others, in this transaction or
-- in those before it: every replica follows the feed in its order.
--
-- The states in which a funder has decided (domain/issue.cc; a test compares them).
CREATE FUNCTION ligne_decidee(etat text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(etat IN ('VOTEE', 'NOTIFIEE', 'ENGAGEE', 'VERSEE', 'JUSTIFIEE', 'SOLDEE', 'A_REVERSER',
                           'REVERSEE', 'IRRECEVABLE', 'REFUSEE'), false)
$$;
CREATE FUNCTION suivre_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO dossier_a_suivre (action)
    SELECT DISTINCT action FROM apres
    WHERE action IS NOT NULL AND ligne_decidee(etat) AND
          -- An aggregate, which stays a look by key for each of them.
          (SELECT bool_and(ligne_decidee(l.etat)) FROM miroir_ligne l WHERE l.action = apres.action);
  RETURN NULL;
END $$;

DROP TRIGGER miroir_ligne_suivre_ajout ON miroir_ligne;
DROP TRIGGER miroir_ligne_suivre_modification ON miroir_ligne;
CREATE TRIGGER miroir_ligne_suivre_ajout AFTER INSERT ON miroir_ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_decisions();
CREATE TRIGGER miroir_ligne_suivre_modification AFTER UPDATE ON miroir_ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_decisions();

-- What is left of the former function looks at dossiers whose budget moves (0009).
ALTER FUNCTION suivre_lignes() RENAME TO suivre_budgets;

-- A line moves where it lies.
ALTER TABLE miroir_ligne SET (fillfactor = 50);
