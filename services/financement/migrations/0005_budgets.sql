-- Budgets of actions, and the charts of accounts that they are written on. The lines of a budget are
-- one document: they are read, compared and replaced together.
CREATE TABLE plan_comptable (
  name        text NOT NULL,
  uid         text NOT NULL,
  revision    bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  libelle     text NOT NULL,
  valide_du   date NOT NULL,
  valide_au   date,
  comptes     jsonb NOT NULL,
  CONSTRAINT plan_comptable_pkey PRIMARY KEY (name),
  CONSTRAINT plan_comptable_periode CHECK (valide_au IS NULL OR valide_du < valide_au)
);

CREATE TABLE budget (
  name                            text NOT NULL,
  uid                             text NOT NULL,
  revision                        bigint NOT NULL,
  create_time                     timestamptz NOT NULL,
  update_time                     timestamptz NOT NULL,
  action                          text NOT NULL,
  plan                            text NOT NULL,
  lignes                          jsonb NOT NULL,
  charges_centimes                bigint NOT NULL,
  produits_centimes               bigint NOT NULL,
  subventions_centimes            bigint NOT NULL,
  emplois_volontaires_centimes    bigint NOT NULL,
  ressources_volontaires_centimes bigint NOT NULL,
  equilibre                       boolean NOT NULL,
  ecarts                          jsonb,
  part_subventions_points         integer NOT NULL,
  CONSTRAINT budget_pkey PRIMARY KEY (name),
  CONSTRAINT budget_action_key UNIQUE (action),
  CONSTRAINT budget_plan_fkey FOREIGN KEY (plan) REFERENCES plan_comptable (name),
  CONSTRAINT budget_du_dossier CHECK (substr(name, 9) = substr(action, 9)),
  -- Nothing balances that does not, whoever writes (CERFA n° 12156).
  CONSTRAINT budget_equilibre CHECK (NOT equilibre OR (
    ecarts IS NULL AND charges_centimes = produits_centimes AND
    emplois_volontaires_centimes = ressources_volontaires_centimes)),
  CONSTRAINT budget_subventions CHECK (subventions_centimes <= produits_centimes),
  CONSTRAINT budget_part_subventions CHECK (part_subventions_points = CASE
    WHEN produits_centimes = 0 THEN 0
    ELSE ceil(subventions_centimes::numeric * 10000 / produits_centimes) END)
);

-- The totals are those of the lines, whoever writes.
CREATE FUNCTION sommer_budget() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  total record;
BEGIN
  SELECT coalesce(sum(m) FILTER (WHERE n IN ('CHARGE', 'INVESTISSEMENT')), 0) AS charges,
         coalesce(sum(m) FILTER (WHERE n IN ('PRODUIT', 'SUBVENTION')), 0) AS produits,
         coalesce(sum(m) FILTER (WHERE n = 'SUBVENTION'), 0) AS subventions,
         coalesce(sum(m) FILTER (WHERE n = 'EMPLOI_VOLONTAIRE'), 0) AS emplois,
         coalesce(sum(m) FILTER (WHERE n = 'RESSOURCE_VOLONTAIRE'), 0) AS ressources
    INTO total
    FROM (SELECT (l->>'montant_centimes')::numeric AS m,
                 replace(c->>'nature', 'NATURE_COMPTE_', '') AS n
            FROM jsonb_array_elements(NEW.lignes) l,
                 (SELECT jsonb_array_elements(comptes) AS c FROM plan_comptable
                   WHERE name = NEW.plan) p
           WHERE c->>'code' = l->>'compte') s;
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
CREATE TRIGGER budget_totaux BEFORE INSERT OR UPDATE ON budget
  FOR EACH ROW EXECUTE FUNCTION sommer_budget();

-- A plan that budgets were written on says the same for ever; only its end may be told.
CREATE FUNCTION garder_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.comptes, NEW.libelle, NEW.valide_du) IS DISTINCT FROM
     (OLD.comptes, OLD.libelle, OLD.valide_du) THEN
    RAISE EXCEPTION 'un plan comptable ne change pas'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_comptable_fige';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plan_comptable_garder BEFORE UPDATE ON plan_comptable
  FOR EACH ROW EXECUTE FUNCTION garder_plan();
