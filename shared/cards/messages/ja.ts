/** Cards in Japanese. */
import { counting, type Messages } from './messages.ts';

const { number, counted } = counting('ja');

/** Every sentence in Japanese. */
export const ja: Messages = {
  number,
  events: counted({ other: '# 件のイベント' }),
  counted: {
    critical: counted({ other: '重大 # 件' }),
    error: counted({ other: 'エラー # 件' }),
    warning: counted({ other: '警告 # 件' }),
    info: counted({ other: '情報 # 件' }),
  },
  severity: { critical: '重大', error: 'エラー', warning: '警告', info: '情報' },
  list: (parts) => parts.join('、'),
  titled: (name, what) => `${name}: ${what}`,
  timesLast: (count, when) => `${number(count)} 回、最後は ${when}`,
  more: counted({ other: 'ほか # 件' }),
  moreElsewhere: counted({ other: 'ほかのグループに # 件' }),
  viewDigest: 'ダイジェスト全体を見る',
  open: '開く',
  settings: '変更または停止',
  shortened: '一部省略: イベントが大きすぎて全体を表示できません。',
  chartAlt: (events, period) => `棒グラフ: ${events}、${period}`,
  alreadyShown: counted({ other: '#件は表示済み' }),
  nothingNew: { title: (brand) => `${brand}: 新着なし`, text: '前回のダイジェスト以降、イベントはありません。' },
  plain: (events) => `${events}があります。ここには表示できませんでした。`,
  quiet: {
    title: (brand) => `${brand}: 異常なし`,
    since: (date) => `${date} 以降、イベントはありません。`,
    paused: 'このチャネルは一時停止中です。',
    why: 'このチャネルのワークフローを有効に保つための通知です。対応は不要です。',
  },
  disabled: {
    title: (brand) => `${brand}: 届かなくなったチャネルがあります`,
    text: (channel) => `「${channel}」にカードが届かなくなりました。`,
    what: '届いたイベントは保管されます。所有者が新しい Webhook を設定できます。それまではときどき再試行します。',
    reason: '理由',
    since: '発生',
  },
  welcome: {
    title: (brand) => `${brand} が接続されました`,
    setUpBy: (person) => `設定者: ${person}`,
    setUp: '今後、イベントがここに投稿されます。',
    what: '内容',
    everything: 'すべて',
    schedule: 'スケジュール',
    first: '最初の配信',
    atOnce: '発生時にすぐ',
    howToChange: '所有者はいつでも変更または停止できます。',
  },
  test: {
    title: (brand) => `${brand}: テスト`,
    text: 'これはテストです。これが読めれば、カードはここに届きます。',
    sentAt: '送信日時',
  },
  page: {
    topic: 'トピック',
    allTopics: 'すべてのトピック',
    atLeast: '重大度（以上）',
    search: '検索',
    show: '表示',
    next: '次のページ',
    searchOn: '検索を続ける',
    noMatch: '該当するイベントはありません。',
    gone: 'このダイジェストの内容はもう保存されていません。',
  },
};
