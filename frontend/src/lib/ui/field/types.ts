/** What every field shows around its control. */
export interface FieldFrame {
  /** The accessible name of the control. */
  label: string;
  required?: boolean;
  /** What is wrong with the value; empty when nothing is. */
  error?: string | undefined;
  /** A line of help below the control. */
  hint?: string | undefined;
}

/** What the frame gives the control that it surrounds. */
export interface FieldParts {
  id: string;
  'aria-required': true | undefined;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}
