/** A mark that every secret of this stand-in carries, so that whoever watches a run can tell one that got out. */

/** Twelve hexadecimal digits: it fits wherever a secret may stand. */
export const SECRET_MARK = 'c0ffee5ec2e7';
