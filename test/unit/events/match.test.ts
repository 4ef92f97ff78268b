import { matchEvent } from '../../../shared/events/match.ts';
import type { Matching } from '../../../shared/subscriptions/subscription.ts';
import { anEvent } from '../../world/make.ts';

const everything: Matching = {
  id: 'sub_1',
  account: 'acme',
  topics: [],
  scopes: [],
  minSeverity: 'info',
  urgentSeverity: null,
  immediate: false,
  dropping: false,
};

describe('matching', () => {
  it.each<[string, Partial<Matching>, object, string]>([
    ['everything is wanted', {}, {}, 'ordinary'],
    ['the topic is chosen', { topics: ['a', 'build.failed'] }, {}, 'ordinary'],
    ['the topic is not chosen', { topics: ['a'] }, {}, 'no'],
    ['the scope is chosen', { scopes: ['acme/api'] }, { scope: 'acme/api' }, 'ordinary'],
    ['the scope is not chosen', { scopes: ['acme/api'] }, { scope: 'acme/web' }, 'no'],
    ['scopes are chosen and it has none', { scopes: ['acme/api'] }, {}, 'no'],
    ['it is severe enough', { minSeverity: 'warning' }, { severity: 'warning' }, 'ordinary'],
    ['it is not severe enough', { minSeverity: 'error' }, { severity: 'warning' }, 'no'],
    ['it is urgent', { urgentSeverity: 'error' }, { severity: 'critical' }, 'urgent'],
    ['it is not urgent enough', { urgentSeverity: 'critical' }, { severity: 'error' }, 'ordinary'],
    [
      'it would be urgent, but all is told at once',
      { urgentSeverity: 'error', immediate: true },
      { severity: 'error' },
      'ordinary',
    ],
    ['it would be urgent, but is not wanted', { urgentSeverity: 'error', topics: ['a'] }, { severity: 'error' }, 'no'],
    ['the owner dropped what comes', { dropping: true }, {}, 'dropped'],
    ['the owner dropped what comes, and it is not wanted', { dropping: true, topics: ['a'] }, {}, 'no'],
  ])('when %s', (_, subscription, event, expected) => {
    expect(matchEvent(anEvent(event), { ...everything, ...subscription })).toBe(expected);
  });
});
