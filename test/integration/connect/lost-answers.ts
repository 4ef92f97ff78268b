/** Loses the first answer to a kind of call after it was carried out, as a broken connection does: the SDK then tries again. */
import type { TableServiceClientOptions } from '@azure/data-tables';

/** Client options that lose one answer, and how many were lost so far. */
export function losingAnswers(method: string): { options: TableServiceClientOptions; lost: () => number } {
  let lost = 0;
  const policy: NonNullable<TableServiceClientOptions['additionalPolicies']>[number]['policy'] = {
    name: 'lose one answer',
    async sendRequest(request, next) {
      const answer = await next(request);
      if (lost > 0 || request.method !== method) return answer;
      lost += 1;
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'RestError', request });
    },
  };
  const options = {
    additionalPolicies: [{ policy, position: 'perRetry' as const }],
    retryOptions: { retryDelayInMs: 1 },
  };
  return { options, lost: () => lost };
}
