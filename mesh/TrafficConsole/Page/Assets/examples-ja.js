// The rules to try, in Japanese: what the first comment of each file says.

export const examples = {
  "all-v1.yaml": "始める前の状態です。どのサービスも最初のリリースが応答するので、ページに星はありません。",
  "catalog-90-10.yaml": "gRPC もリクエストごとに振り分けます。接続は 1 本でも、およそ 10 回に 1 回が v2 に行きます。",
  "ratings-abort.yaml": "壊れた依存先 (jason だけ)。ratings が使えないとすぐに表示され、ページのほかの部分は無事です。",
  "ratings-bulkhead.yaml": "バルクヘッド。呼び出し元ごとに同時 10 件、待ち 10 件まで。超えたものはすぐに断り、遅い ratings の巻き添えを防ぎます。",
  "ratings-circuit-breaker.yaml": "サーキットブレーカー。5 回続けて失敗した Pod を 30 秒外します。",
  "ratings-delay.yaml":
    "遅い依存先 (jason だけ)。reviews-jason-v2.yaml と合わせると不具合が見つかります。"
    + "reviews は ratings を 10 秒待ちますが、ページは reviews を 3 秒を 2 回しか待ちません。",
  "ratings-retry.yaml": "リトライ。5xx の応答は 2 回まで再試行します。既定では、Pod に届かなかったものだけを再試行します。",
  "reviews-50-50.yaml": "半分ずつ。ページを再読み込みすると、v3 の赤い星が出たり消えたりします。",
  "reviews-90-10.yaml": "カナリアの最初の一歩。およそ 10 ページに 1 ページが v2 の黒い星になります。リクエストごとの抽選です。",
  "reviews-jason-v2.yaml": "1 人の読者だけに。jason としてサインインした人には v2 の黒い星、ほかの人には v1 を見せます。",
  "reviews-v3.yaml": "カナリアの終わり。全員に v3 の赤い星を見せます。",
  "gateway-api/all-v1.yaml": "all-v1.yaml を Gateway API で書いたもの。",
  "gateway-api/catalog-90-10.yaml": "catalog-90-10.yaml を Gateway API で書いたもの (メッシュの内側)。",
  "gateway-api/reviews-50-50.yaml": "reviews-50-50.yaml を Gateway API で書いたもの。",
  "gateway-api/reviews-90-10.yaml": "reviews-90-10.yaml を Gateway API で書いたもの。",
  "gateway-api/reviews-jason-v2.yaml":
    "reviews-jason-v2.yaml を Gateway API で書いたもの。ヘッダーの条件がより具体的なので、ルールの順序は関係ありません。",
  "gateway-api/reviews-v3.yaml": "reviews-v3.yaml を Gateway API で書いたもの。",
};
