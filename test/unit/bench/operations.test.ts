import { type Exchange, isEmptyPoll, kindOf } from '../../bench/operations.ts';

function anExchange(change: Partial<Exchange>): Exchange {
  return { service: 'table', method: 'GET', url: '/devstoreaccount1/inbox()', body: '', answer: '', ...change };
}

const account = '/devstoreaccount1';
const aMessage = '<QueueMessagesList><QueueMessage><MessageId>1</MessageId></QueueMessage></QueueMessagesList>';

describe('kindOf', () => {
  it.each<[what: string, kind: string, exchange: Partial<Exchange>]>([
    [
      'a poll that found messages',
      'queue events receive',
      { method: 'GET', url: `${account}/events/messages?numofmessages=32`, answer: aMessage },
    ],
    [
      'a poll that found none',
      'queue events receive nothing',
      { method: 'GET', url: `${account}/events/messages?numofmessages=32`, answer: '<QueueMessagesList/>' },
    ],
    [
      'a look that takes nothing',
      'queue events peek',
      { method: 'GET', url: `${account}/events/messages?peekonly=true`, answer: aMessage },
    ],
    ['a put', 'queue digests put', { method: 'POST', url: `${account}/digests/messages?visibilitytimeout=5` }],
    [
      'a message hidden anew',
      'queue digests update',
      { method: 'PUT', url: `${account}/digests/messages/1?popreceipt=2` },
    ],
    [
      'a message deleted',
      'queue digests delete',
      { method: 'DELETE', url: `${account}/digests/messages/1?popreceipt=2` },
    ],
    ['a queue emptied', 'queue digests clear', { method: 'DELETE', url: `${account}/digests/messages` }],
    ["a queue's length", 'queue digests GET metadata', { method: 'GET', url: `${account}/digests?comp=metadata` }],
  ])('%s is "%s"', (_, kind, exchange) => {
    expect(kindOf(anExchange({ service: 'queue', ...exchange }))).toBe(kind);
  });

  it.each<[what: string, kind: string, exchange: Partial<Exchange>]>([
    ['a row inserted', 'table inbox insert', { method: 'POST', url: `${account}/inbox` }],
    ['a query', 'table due query', { url: `${account}/due()?$filter=PartitionKey%20ge%20%2700-%27` }],
    ['a query in the older form', 'table due query', { url: `${account}/due?$filter=x` }],
    ['a row read', 'table inbox get', { url: `${account}/inbox(PartitionKey='a',RowKey='!head')` }],
    [
      'a row read whose key has brackets and a slash, encoded',
      'table inbox get',
      { url: `${account}/inbox(PartitionKey='a%2Fb(1)',RowKey='c')` },
    ],
    ['a row replaced', 'table inbox replace', { method: 'PUT', url: `${account}/inbox(PartitionKey='a',RowKey='b')` }],
    ['a row merged', 'table inbox merge', { method: 'PATCH', url: `${account}/inbox(PartitionKey='a',RowKey='b')` }],
    ['a row deleted', 'table inbox delete', { method: 'DELETE', url: `${account}/inbox(PartitionKey='a',RowKey='b')` }],
    ['a table made', 'table service POST', { method: 'POST', url: `${account}/Tables` }],
  ])('%s is "%s"', (_, kind, exchange) => {
    expect(kindOf(anExchange(exchange))).toBe(kind);
  });

  it('takes a transaction for one operation, of the table that its first change is in', () => {
    const body = [
      '--batch_1\r\ncontent-type: multipart/mixed; boundary=changeset_1\r\n\r\n--changeset_1\r\n',
      "PUT http://127.0.0.1:10002/devstoreaccount1/inbox(PartitionKey='a',RowKey='!head') HTTP/1.1\r\n",
      "PATCH http://127.0.0.1:10002/devstoreaccount1/inbox(PartitionKey='a',RowKey='1') HTTP/1.1\r\n",
    ].join('');

    const kind = kindOf(anExchange({ method: 'POST', url: `${account}/$batch`, body }));

    expect(kind).toBe('table inbox transaction');
  });
});

describe('isEmptyPoll', () => {
  it.each([
    ['queue events receive nothing', true],
    ['queue events receive', false],
    ['queue events peek', false],
    ['table due query', false],
  ])('of "%s" is %s', (kind, empty) => {
    expect(isEmptyPoll(kind)).toBe(empty);
  });
});
