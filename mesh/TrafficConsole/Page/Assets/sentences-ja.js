// What the server says in sentences, in Japanese. {what} and {first} are sentences of their own; the others are names and numbers, which
// stay.
// Messages of Istio's and Argo's own words, and problems of rules, stay English as in the terminal.

const traffic = {
  "Counted since revision {revision} of the rules came into force, {time} UTC.":
    "ルールのリビジョン {revision} ({time} UTC) が有効になってからの数です。",
  "{count} request": "{count} リクエスト",
  "{count} requests": "{count} リクエスト",
  "Apply {rule}": "{rule} を適用",
  "{low} to {high} %": "{low} ～ {high} %",
  "{caller} to {destination}": "{caller} から {destination}",
};

const changes = {
  "undone: {what}": "元に戻しました: {what}",
  "{first}; {what}": "{first}、{what}",
  "{what}, with matches": "{what} (条件付きあり)",
  "and {count} more": "ほか {count} 件",
  "{service}: retries on": "{service}: リトライ オン",
  "{service}: retries off": "{service}: リトライ オフ",
  "{service}: circuit breaker on": "{service}: サーキットブレーカー オン",
  "{service}: circuit breaker off": "{service}: サーキットブレーカー オフ",
  "{service}: connection limits on": "{service}: 接続数の制限 オン",
  "{service}: connection limits off": "{service}: 接続数の制限 オフ",
  "{service}: all to {release}": "{service}: すべて {release}",
  "{what} added": "{what} を追加",
  "{what} changed": "{what} を変更",
  "{what} removed": "{what} を削除",
};

const canary = {
  "{percent} % to {release}": "{release} に {percent} %",
  "{percent} % to the canary": "新リリースに {percent} %",
  "wait {seconds} s": "{seconds} 秒待つ",
  "{percent} % of the pods for the canary": "新リリースの Pod を {percent} %",
  "{count} {unit} for the canary": "新リリースの Pod を {count} 個",
  "as many pods for the canary as its share of the traffic": "新リリースの Pod をトラフィックの割合に合わせる",
  "{release} is to have {count} {unit}, {other} {others} {units}": "Pod の数: {release} は {count}、{other} は {others}",
  "waits for {count} {unit} of {release}, {ready} ready": "{release} の Pod {count} 個を待っています ({ready} 個が準備完了)",
  "{what} (not scaled here)": "{what} (ここでは Pod の数は変わりません)",
  "measure {what}": "{what} を測定",
  "{pod} is broken on purpose": "{pod} を意図的に壊しました",
  "{pod} is healed": "{pod} を直しました",
  "{release} gets {percent} % of the traffic": "{release} にトラフィックの {percent} %",
  "step {step} of {all} done: {what}": "ステップ {step} / {all} 完了: {what}",
  "promoted: {release} has all the traffic": "昇格: {release} がすべてのトラフィックを受けます",
  "rolled back: {release} has all the traffic ({what})": "ロールバック: {release} がすべてのトラフィックを受けます ({what})",
  "waits for a person: {what}": "人の判断を待っています: {what}",
  "{metric} is {value} of {requests} requests: successful": "{metric} は {value} ({requests} 件中): 良",
  "{metric} is {value} of {requests} requests: failed": "{metric} は {value} ({requests} 件中): 不良",
  "{metric} is {value} of {requests} requests: inconclusive, {what}": "{metric} は {value} ({requests} 件中): 判定不能、{what}",
  "{metric} is {value} of {requests} requests: inconclusive": "{metric} は {value} ({requests} 件中): 判定不能",
  "{metric} is {value}: successful": "{metric} は {value}: 良",
  "{metric} is {value}: failed": "{metric} は {value}: 不良",
  "{requests} requests are too few to speak against a release; {needed} are needed":
    "{requests} 件ではリリースを不良と判断できません。{needed} 件必要です",
};

export const sentences = { ...traffic, ...changes, ...canary };
