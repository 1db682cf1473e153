// What may a script do with an <encart-chart>?

/** A step between the data and the chart. */
export type Step =
  | { filter: string }
  | { derive: Record<string, string> }
  | { group: { by: string | string[] } & Record<string, string | string[]> }
  | { sort: string | string[] }
  | { limit: number }
  | { longer: { columns: string[]; names: string; values: string } }
  | { wider: { names: string; values: string } };

/** The specification: the same keys as the tag's attributes. `encart schema` prints its JSON Schema. */
export interface Spec {
  src?: string;
  data?: string;
  kind?: 'bar' | 'line';
  x?: string;
  y?: string | string[];
  color?: string;
  layout?: 'stacked' | 'grouped' | 'percent';
  orientation?: 'auto' | 'vertical' | 'horizontal';
  order?: 'auto' | 'data' | 'value';
  unit?: string;
  steps?: Step[];
  title?: string;
  subtitle?: string;
  note?: string;
  producer?: string;
  licence?: 'lov2' | 'odbl' | (string & {});
  updated?: string;
  frequency?: 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'semiannual' | 'annual' | 'biennial' | 'irregular';
  page?: string;
  patterns?: 'on' | 'off' | boolean;
  lang?: 'fr' | 'en';
  height?: number;
  totals?: 'aside' | 'keep';
}

/** Something to say to the author. */
export interface Notice {
  level: 'info' | 'warning' | 'error';
  code: string;
  line?: number;
  column?: string;
  message: string;
}

export interface EncartChartElement extends HTMLElement {
  /** Travels as JSON: what JSON does not hold (functions, undefined) is not read. */
  spec: Spec | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'encart-chart': EncartChartElement;
  }
  interface HTMLElementEventMap {
    'encart-ready': CustomEvent<{ version: string; bytes: number; notices: Notice[] }>;
    'encart-select': CustomEvent<{ series?: string; label: string; value: string }>;
    'encart-error': CustomEvent<Notice & { notices?: Notice[] }>;
  }
}
