/** Why nothing was sent, in Japanese. */
import type { RefusalWords } from './words.ts';

/** Every sentence in Japanese. */
export const ja: RefusalWords = {
  title: '何も送信されませんでした',
  help: 'お問い合わせの際は、このコードをお伝えください：',
  address: 'このアドレスは不完全か、途中で変更されています。カードからもう一度開いてください。',
  withdrawn: 'キーが取り消されたため、このカードは受け付けられません。新しいカードをお使いください。',
  old: 'このカードは 31 日より前のもので、もう回答できません。',
  removed: 'この通知は削除されたため、カードには回答できません。',
  unknown: 'ここではもう回答できません。新しいカードがあれば、そちらをお使いください。',
  otherOrganisation: 'このカードは別の組織のものです。',
  formOld: 'このページは長く開かれたままでした。リンクをもう一度開いてから回答を送信してください。',
  signInMissing: 'ここでは本人確認が必要ですが、サインインが設定されていません。コネクタの管理者にお知らせください。',
  signInRefused: 'サインインしなかったため、何も送信されませんでした。もう一度試すにはリンクを開き直してください。',
  signInFailed: 'サインインできなかったか、別のブラウザーで始められました。リンクをもう一度開いてください。',
  kept: '回答は保存されましたが、まだ伝えられていません。1 時間以内に伝わります。もう一度送信することもできます。',
  failed: 'こちら側で問題が発生しました。1 分後にもう一度お試しください。',
  input: (fault) => {
    switch (fault.is) {
      case 'missing':
        return `「${fault.input}」を入力してください。`;
      case 'long':
        return `「${fault.input}」は ${fault.most} 文字までです。`;
      case 'date':
        return `「${fault.input}」は 2026-12-24 のような日付で入力してください。`;
      case 'date-time':
        return `「${fault.input}」は 2026-12-24T09:00 のような日時で入力してください。`;
      case 'choice':
        return `「${fault.input}」は選択肢から選んでください。`;
      case 'past-day':
        return 'これからの日を選んでください。';
      case 'long-altogether':
        return '入力が全体として長すぎます。短くしてから、もう一度送信してください。';
      default:
        return fault satisfies never;
    }
  },
};
