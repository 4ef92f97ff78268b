/** Which other channel of the owner's is told when this one stops working. */
import { useEffect, useState } from 'preact/hooks';
import type { SubscriptionView } from './api.ts';
import { useDesk } from './desk.ts';
import type { Draft } from './draft.ts';
import { Select } from './ui.tsx';

interface NoticeToProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  /** The channel that is edited; undefined for a new one. */
  readonly of: string | undefined;
}

/** The choice; nothing for somebody who has no other channel. What was chosen stays, be it somebody else's. */
export function NoticeTo({ draft, change, of }: NoticeToProps) {
  const { api, words } = useDesk();
  const [own, setOwn] = useState<readonly SubscriptionView[]>([]);
  useEffect(() => {
    let gone = false;
    // Without the list the form works, and keeps what was chosen.
    api.list().then(
      (list) => gone || setOwn(list),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [api]);
  const { form } = words;
  const chosen = draft.noticeTo ?? '';
  const others = own.filter(({ id }) => id !== of).map(({ id, target }) => [id, target.name] as const);
  const isListed = chosen === '' || others.some(([id]) => id === chosen);
  if (others.length === 0 && isListed) return null;
  return (
    <Select
      label={form.noticeTo}
      hint={form.noticeHint}
      value={chosen}
      options={[
        ['', form.noticeNobody] as const,
        ...others,
        ...(isListed ? [] : [[chosen, form.noticeOther] as const]),
      ]}
      onChange={(id) => change({ noticeTo: id === '' ? null : id })}
    />
  );
}
