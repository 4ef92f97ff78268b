/** The test card: sent on a click, and what came of it in words, down to whether the person sees it. */
import { useState } from 'preact/hooks';
import type { TestView } from './api.ts';
import { useDesk } from './desk.ts';
import { reasonIn } from './health.ts';
import { ActionButton, Notice, ProblemNotice, useOnce } from './ui.tsx';

interface TestCardProps {
  /** Undefined: nothing to post to yet, and `why` says so. */
  readonly send: (() => Promise<TestView>) | undefined;
  readonly why: string;
  /** Keeps whether the card was seen: that it was taken is no proof. */
  readonly onSeen: (result: TestView, seen: boolean) => void;
}

/** The button and the answer. */
export function TestCard({ send, why, onSeen }: TestCardProps) {
  const { words } = useDesk();
  const [result, setResult] = useState<TestView>();
  const [seen, setSeen] = useState<boolean>();
  const { busy, error, run } = useOnce();
  if (send === undefined) return <p class="quiet">{why}</p>;
  const click = () =>
    run(async () => {
      setResult(undefined);
      setSeen(undefined);
      setResult(await send());
    });
  const answer = (sees: boolean) => {
    setSeen(sees);
    if (result !== undefined) onSeen(result, sees);
  };
  return (
    <div class="test-card">
      <ActionButton busy={busy} onClick={click}>
        {busy ? words.test.sending : words.test.button}
      </ActionButton>
      {error !== undefined && <ProblemNotice error={error} />}
      {result !== undefined && <Result result={result} seen={seen} answer={answer} />}
    </div>
  );
}

function Result(props: { result: TestView; seen: boolean | undefined; answer: (sees: boolean) => void }) {
  const { words } = useDesk();
  const { result, seen, answer } = props;
  const { test } = words;
  if (result.outcome === 'delivered') return <Notice tone="good">{test.delivered}</Notice>;
  if (result.outcome === 'unclear') return <Notice tone="warning">{test.unclear}</Notice>;
  if (result.outcome !== 'accepted') {
    return (
      <Notice tone="bad">
        {test.refused} <span class="sentence">{`${reasonIn(words, result.reason ?? result.outcome)}.`}</span>
      </Notice>
    );
  }
  if (seen === true) return <Notice tone="good">{test.seen}</Notice>;
  if (seen === false) return <Notice tone="warning">{test.unseen}</Notice>;
  return (
    <Notice tone="info">
      {test.accepted} <b>{test.question}</b>
      <div class="buttons">
        <ActionButton onClick={() => answer(true)}>{test.yes}</ActionButton>
        <ActionButton onClick={() => answer(false)}>{test.no}</ActionButton>
      </div>
    </Notice>
  );
}
