// Exit statuses.

export const status = {
  ok: 0,
  /** The policy has errors, or a file is not in its standard layout. */
  findings: 1,
  /** The command was not given what it needs: wrong arguments, a file that cannot be read. */
  usage: 2,
  /** Some rows were refused, or had values that were not valid. */
  rows: 3,
  /** By SIGINT, as shells count it. */
  interrupted: 130,
  /** By SIGPIPE, as shells count it: nobody reads the output any more. */
  broken: 141,
};
