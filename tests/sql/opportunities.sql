-- The decisions of policies/crm-opportunities once more, from the four raw tables: an independent check, written without the policy's
-- machinery. Points are in thousandths, as the engine counts them.
--
-- Expects the tables pipeline, accounts, products and teams, every column text as it stands in the files.

CREATE VIEW opportunity AS
SELECT
  p.opportunity_id                              AS id,
  p.deal_stage                                  AS deal_stage,
  nullif(p.account, '')                         AS account,
  nullif(p.engage_date, '')                     AS engage_date,
  nullif(p.close_date, '')                      AS close_date,
  CAST(nullif(p.close_value, '') AS REAL)       AS close_value,
  a.sector                                      AS sector,
  CAST(a.revenue AS REAL)                       AS revenue,
  CAST(a.employees AS INTEGER)                  AS employees,
  a.office_location                             AS country,
  nullif(a.subsidiary_of, '')                   AS parent,
  r.series                                      AS series,
  CAST(r.sales_price AS REAL)                   AS price,
  t.manager                                     AS manager,
  t.regional_office                             AS office
FROM pipeline p
LEFT JOIN accounts a ON a.account = p.account
LEFT JOIN products r ON r.product = CASE p.product WHEN 'GTXPro' THEN 'GTX Pro' ELSE p.product END
LEFT JOIN teams    t ON t.sales_agent = p.sales_agent;

-- In SQL a comparison with NULL is unknown and a CASE goes on to its ELSE, as a condition that rests on something absent does not hold.
CREATE VIEW points AS
SELECT
  *,
  min(45000,
    CASE sector
      WHEN 'technolgy' THEN 14000 WHEN 'software' THEN 14000
      WHEN 'finance' THEN 12000
      WHEN 'medical' THEN 11000
      WHEN 'telecommunications' THEN 10000
      WHEN 'retail' THEN 8000
      WHEN 'marketing' THEN 6000 WHEN 'services' THEN 6000 WHEN 'employment' THEN 6000
      WHEN 'entertainment' THEN 4000
      ELSE 0 END
    + CASE WHEN revenue >= 5000 THEN 16000 WHEN revenue >= 2000 THEN 11000 WHEN revenue >= 500 THEN 6000 WHEN revenue >= 0 THEN 2000 ELSE 0 END
    + CASE WHEN employees >= 10000 THEN 12000 WHEN employees >= 2500 THEN 9000 WHEN employees >= 500 THEN 5000 WHEN employees >= 1 THEN 1000 ELSE 0 END
    + CASE WHEN revenue * 1000000.0 / employees >= 600000 THEN 3500 ELSE 0 END
  ) AS company,
  min(35000,
    CASE series WHEN 'GTK' THEN 20000 WHEN 'GTX' THEN 12000 WHEN 'MG' THEN 7000 ELSE 0 END
    + CASE WHEN price >= 4000 THEN 15000 WHEN price >= 1000 THEN 9000 WHEN price >= 500 THEN 4000 ELSE 0 END
  ) AS product,
  max(-15000, min(20000,
    CASE office WHEN 'Central' THEN 6000 WHEN 'East' THEN 5000 WHEN 'West' THEN 7000 ELSE 0 END
    + CASE
        WHEN country = 'United States' THEN 5000
        WHEN country IN ('Brazil', 'Panama', 'Belgium', 'Germany', 'Italy', 'Norway', 'Poland', 'Romania') THEN 3000
        WHEN country IN ('China', 'Japan', 'Jordan', 'Korea', 'Philipines', 'Kenya') THEN 1500
        ELSE 0 END
    + CASE WHEN parent IS NOT NULL THEN 4000 ELSE 0 END
    -- Nothing closed, nothing given away: such a deal counts as closed at the list price only if it was won.
    + CASE WHEN deal_stage = 'Won' AND (close_value = 0 OR price = 0 OR close_value >= price) THEN 5250 ELSE 0 END
    + CASE WHEN close_value > 0 AND price > 0 AND (price - close_value) / price >= 0.1 THEN -6000 ELSE 0 END
  )) AS relation,
  CASE WHEN account IS NULL THEN -8000 ELSE 0 END AS no_account
FROM opportunity;

CREATE VIEW graded AS
SELECT
  *,
  max(0, min(100000, company + product + relation + no_account)) AS fit,
  CASE
    WHEN deal_stage = 'Prospecting' THEN 'prospecting'
    WHEN deal_stage = 'Won' AND account IS NOT NULL AND close_value IS NOT NULL AND close_date IS NOT NULL AND engage_date IS NOT NULL THEN 'won'
    WHEN deal_stage = 'Lost' THEN 'lost'
    WHEN engage_date IS NOT NULL THEN 'engaging'
    ELSE 'prospecting'
  END AS stage
FROM points;

CREATE VIEW banded AS
SELECT *, CASE WHEN fit >= 70000 THEN 'A' WHEN fit >= 55000 THEN 'B' WHEN fit >= 35000 THEN 'C' ELSE 'D' END AS band
FROM graded;

CREATE VIEW decision AS
SELECT
  id,
  CASE WHEN screened THEN 'screened:only_a_name' ELSE route END AS outcome,
  CASE WHEN screened THEN NULL ELSE stage END AS stage,
  CASE WHEN screened THEN NULL ELSE band END AS band,
  CASE WHEN screened THEN NULL ELSE fit END AS fit
FROM (
  SELECT
    *,
    deal_stage = 'Prospecting' AND account IS NULL AS screened,
    CASE
      WHEN stage = 'won' AND band IN ('A', 'B') THEN 'key_accounts'
      WHEN stage = 'won' THEN 'customer_success'
      WHEN stage = 'lost' AND band IN ('A', 'B') THEN 'win_back'
      WHEN stage = 'lost' THEN 'archive'
      WHEN account IS NULL THEN 'find_account'
      WHEN band = 'A' AND manager IS NOT NULL THEN 'manager_' || lower(substr(manager, instr(manager, ' ') + 1))
      WHEN office IS NOT NULL THEN 'queue_' || lower(office)
      ELSE 'manual_review'
    END AS route
  FROM banded
);

CREATE VIEW counts AS
SELECT outcome, band, count(*) AS opportunities FROM decision GROUP BY outcome, band ORDER BY outcome, band;
