-- When a quartier is a priority one, and which ones a contrat lists: the rules of dossiers look at both.
ALTER TABLE miroir_qpv ADD COLUMN valide_du date, ADD COLUMN valide_au date;
ALTER TABLE miroir_contrat ADD COLUMN territoires jsonb;
-- What was mirrored before lacks them: it is read again, from the whole state of contrats.
UPDATE miroir_qpv SET revision = 0;
UPDATE miroir_contrat SET revision = 0;
DELETE FROM miroir_curseur WHERE source = 'contrats';

-- Shares of a budget that the caps of an appel look at. NULL: financement has not computed it yet.
ALTER TABLE miroir_budget
  ADD COLUMN part_aides_publiques_points integer,
  ADD COLUMN part_ressources_propres_points integer;
