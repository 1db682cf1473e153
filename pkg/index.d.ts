// What may a script do with the tags?

/** A step between the data and what is shown; the README explains each. */
export type Step =
  | { filter: string }
  | { derive: Record<string, string> }
  | { group: { by?: string | string[] } & Record<string, string | string[]> }
  | { sort: string | string[] }
  | { limit: number }
  | { longer: { columns: string[]; names: string; values: string } }
  | { wider: { names: string; values: string } }
  | Record<string, unknown>;

/** The specification: the same keys as the tags' attributes. `encart schema` prints its JSON Schema, with what each means. */
export interface Spec {
  annotations?: Record<string, unknown>[];
  at?: string;
  bars?: string | string[];
  base?: string;
  better?: 'up' | 'down';
  cache?: 'auto' | 'none';
  chosen?: string | Record<string, string>;
  classes?: string;
  color?: string;
  columns?: string | string[];
  compare?: string;
  data?: string;
  denominator?: string;
  facet?: string;
  file?: string;
  filters?: string | string[];
  forecast?: string;
  focus?: string;
  form?: 'scroll' | 'document';
  frequency?: 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'semiannual' | 'annual' | 'biennial' | 'irregular';
  group?: string;
  header?: string;
  height?: number | string;
  kind?: 'bar' | 'line' | 'step' | 'area' | 'dot' | 'lollipop' | 'dumbbell' | 'slope' | 'scatter' | 'histogram' | 'box' | 'strip' | 'heat' | 'pie' | 'donut' | 'treemap' | 'waffle' | 'pyramid' | 'sankey' | 'waterfall' | 'sparkline';
  label?: string;
  labels?: string | Record<string, string>;
  lang?: 'fr' | 'en';
  layout?: 'stacked' | 'grouped' | 'percent' | 'diverging';
  licence?: 'lov2' | 'odbl' | (string & {});
  line?: string | string[];
  line_axis?: 'shared' | 'own';
  link?: string;
  lower?: string;
  note?: string;
  numerator?: string;
  offline?: string;
  order?: 'auto' | 'data' | 'value';
  orientation?: 'auto' | 'vertical' | 'horizontal';
  page?: string;
  page_rows?: number | string;
  patterns?: 'on' | 'off' | boolean;
  period?: string;
  places?: string;
  producer?: string;
  scale?: 'linear' | 'log' | 'symlog';
  scales?: 'shared' | 'free';
  search?: 'on' | 'off' | boolean;
  since?: string;
  size?: string;
  sort?: string;
  spark?: 'on' | 'off' | boolean;
  src?: string;
  start?: string;
  status?: string;
  steps?: Step[];
  heading?: 2 | 3 | 4 | 5 | 6;
  subtitle?: string;
  sum?: string | string[];
  tag?: 'chart' | 'board' | 'figure' | 'story' | 'table';
  target?: string | number;
  target_date?: string;
  territory?: string;
  theme?: 'neutre' | 'projecteur' | 'sobre';
  thresholds?: string;
  timezone?: string;
  title?: string;
  total_row?: string;
  totals?: 'aside' | 'keep';
  unit?: string;
  updated?: string;
  upper?: string;
  value?: string;
  widgets?: Spec[];
  x?: string;
  y?: string | string[];
}

/** Something to say to the author. */
export interface Notice {
  level: 'info' | 'warning' | 'error';
  code: string;
  line?: number;
  column?: string;
  message: string;
}

/** What was said on the way, and what the load took: pairs of name and value (`n_bytes`, `n_rows_read`, `ms` …). */
export interface Report {
  version: string;
  report: [string, string][];
  notices: Notice[];
}

export interface EncartElement extends HTMLElement {
  /** Travels as JSON: what JSON does not hold (functions, undefined) is not read. */
  spec: Spec | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'encart-board': EncartElement;
    'encart-chart': EncartElement;
    'encart-figure': EncartElement;
    'encart-story': EncartElement;
    'encart-table': EncartElement;
  }
  interface HTMLElementEventMap {
    'encart-ready': CustomEvent<Report>;
    'encart-notices': CustomEvent<Report>;
    'encart-select': CustomEvent<{ series?: string; label: string; value: string }>;
    'encart-error': CustomEvent<Notice & { notices: Notice[] }>;
  }
}
