-- The budgets of financement, without their amounts: whether they balance, and which revision is known.
CREATE TABLE miroir_budget (
  name text PRIMARY KEY, revision bigint NOT NULL, action text, equilibre boolean,
  part_subventions_points integer
);
CREATE INDEX miroir_budget_action ON miroir_budget (action);
-- A dossier is looked at when its budget moves: what was attested may no longer be what is asked.
CREATE TRIGGER miroir_budget_suivre_ajout AFTER INSERT ON miroir_budget
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_lignes();
CREATE TRIGGER miroir_budget_suivre_modification AFTER UPDATE ON miroir_budget
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_lignes();
