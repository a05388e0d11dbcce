// The policy `saas-inbound`, version 2026.11.1. Written by `leadgate types`; a change to the policy wants it written again.

import type { Shape } from "leadgate";

/** For `load<SaasInbound>(program)`. */
export interface SaasInbound extends Shape {
  fields: {
    /** Name */
    name: { value: string; choice: never };
    /** Company */
    company: { value: string; choice: never };
    /** E-mail */
    email: { value: string; choice: never };
    /** Mobile */
    mobile: { value: string; choice: never };
    /** Job title */
    title: { value: string; choice: never };
    /** Industry */
    industry: { value: "manufacturing" | "finance" | "retail" | "medical" | "education" | "internet" | "logistics" | "government" | "other"; choice: "manufacturing" | "finance" | "retail" | "medical" | "education" | "internet" | "logistics" | "government" | "other" };
    /** Province */
    province: { value: string; choice: never };
    /** Message */
    message: { value: string; choice: never };
    /** Source */
    source: { value: "sem" | "seo" | "event" | "livestream" | "referral" | "website" | "zhihu" | "partner" | "sales_self" | "download" | "social"; choice: never };
    utm_source: { value: string; choice: never };
    utm_medium: { value: string; choice: never };
    /** Need */
    main_need: { value: "replace" | "new_build" | "expand" | "compare" | "learn"; choice: "replace" | "new_build" | "expand" | "compare" | "learn" };
    /** How it is done today */
    situation: { value: "paper" | "spreadsheet" | "own_system" | "vendor_system"; choice: "paper" | "spreadsheet" | "own_system" | "vendor_system" };
    /** Current tool */
    current_tool: { value: string; choice: never };
    /** Part in the decision */
    responsibility: { value: "decides" | "evaluates" | "uses"; choice: "decides" | "evaluates" | "uses" };
    /** Project */
    project: { value: "approved" | "planned" | "none"; choice: "approved" | "planned" | "none" };
    /** Budget */
    budget: { value: number; choice: "little" | "some" | "good" | "great" };
    /** Vendors met */
    vendors_met: { value: number; choice: never };
    /** Seats */
    seats: { value: number; choice: "small" | "team" | "large" | "campus" };
    /** Months until it must run */
    timeline_months: { value: number; choice: "quarter" | "half" | "year" | "later" };
    match: { value: "none" | "open_lead" | "customer"; choice: never };
    "account.seats_bought": { value: number; choice: never };
    "account.seats_used": { value: number; choice: never };
    "sales.accepted": { value: boolean; choice: never };
    "sdr.need": { value: "clear" | "vague" | "none"; choice: never };
    "sdr.authority": { value: "decides" | "recommends" | "collects"; choice: never };
    "sdr.budget": { value: "approved" | "planned" | "none"; choice: never };
    "sdr.timing": { value: "this_quarter" | "this_year" | "later"; choice: never };
    "sdr.attitude": { value: "wants_meeting" | "open" | "cold"; choice: never };
  };
  scores: "fit" | "sdr_score" | "total" | "maturity";
  outputs: {
    verdict: "qualified" | "shallow" | "core_missing";
    grade: "A" | "B" | "C" | "D";
    handover: "sales" | "sdr" | "marketing";
  };
  stages: "lead" | "mql" | "sql" | "pool";
  outcomes: "source_owner" | "reseller" | "pre_nurture" | "nurture" | "manual_review" | "industry_team" | "sales_east" | "sales_south" | "sales_north" | "sales_west" | "sales_desk" | "sdr_now" | "sdr_queue";
  screen: "no_contact" | "duplicate" | "spam" | "test_entry" | "student" | "disposable_mail" | "nameless";
  messages: "soon" | "owner" | "partner" | "queued" | "thanks";
  queues: "industry_team" | "sales_east" | "sales_south" | "sales_north" | "sales_west" | "sales_desk" | "sdr_now" | "sdr_queue";
}
