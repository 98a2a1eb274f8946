/**
 * A fault that the user can mend. The message says what is wrong, where, and what to do next; commands
 * print it without a stack trace and end with exit status 1. Every other error is a defect of ours.
 */
export class InputError extends Error {
  override name = "InputError";
}
