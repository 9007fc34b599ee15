-- A dossier that was filed and waits for its attestation again may be declared inadmissible: a signataire
-- who does not come back does not keep it open for ever. Never filed, it is still refused
-- (action_attestee).
GRANT INSERT ON etape_action TO CURRENT_USER;
INSERT INTO etape_action (de, vers) VALUES ('EN_ATTENTE_ATTESTATION', 'IRRECEVABLE');
REVOKE INSERT ON etape_action FROM CURRENT_USER;

-- Where the content of a document lies: in morceau_contenu, or on the volume of the service.
ALTER TABLE contenu_document ADD COLUMN lieu text;
UPDATE contenu_document c SET lieu = CASE WHEN EXISTS (
  SELECT 1 FROM morceau_contenu m WHERE m.porteur = c.porteur AND m.empreinte = c.empreinte)
  THEN 'postgres' ELSE 'volume' END;
ALTER TABLE contenu_document
  ALTER COLUMN lieu SET NOT NULL,
  ADD CONSTRAINT contenu_document_lieu CHECK (lieu IN ('postgres', 'volume'));
