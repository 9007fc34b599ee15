-- Shares of a budget that the caps of an appel à projets look at: public aid, and own resources. NULL on
-- what was written before: they are computed when it is written again.
ALTER TABLE budget
  ADD COLUMN part_aides_publiques_points integer,
  ADD COLUMN part_ressources_propres_points integer,
  ADD CONSTRAINT budget_part_aides_publiques
    CHECK (part_aides_publiques_points BETWEEN 0 AND part_subventions_points),
  ADD CONSTRAINT budget_part_ressources_propres
    CHECK (part_ressources_propres_points BETWEEN 0 AND 10000);
