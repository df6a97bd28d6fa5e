// The steps of the tour, in English and in Japanese. A step: what to know, one thing to do, a question whose answer the mesh counts, and
// what the answer shows. The first two are the first part of the study meeting (the service network), the later ones its second (Istio).

const reset = { method: "POST", path: "/api/reset" };
const apply = (example) => ({ method: "PATCH", example });
const json = (method, path, body) => ({ method, path, body });
const breakRatings = (fault) => json("PUT", "/api/pods/ratings-v1-1/fault", fault);
const resilience = (mesh) => json("PUT", "/api/services/ratings/resilience", { mesh: { retries: false, circuitBreaker: false, bulkhead: false, ...mesh } });

const route = (service, subset) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${service}
spec:
  hosts:
  - ${service}
  http:
  - route:
    - destination:
        host: ${service}
        subset: ${subset}
`;

const closedGateway = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: bookinfo
spec:
  hosts:
  - "*"
  gateways:
  - bookinfo-gateway
  http:
  - match:
    - uri:
        prefix: /static
    route:
    - destination:
        host: productpage
`;

const edges = (state, service, release) =>
  state.edges.filter((edge) => edge.service === service && (release === undefined || edge.release === release)).map((edge) => edge.sinceChange);
const sum = (figures, of) => figures.reduce((total, figure) => total + of(figure), 0);
const requests = (state, service, release) => sum(edges(state, service, release), (figure) => figure.requests);
const errors = (state, service) => sum(edges(state, service), (figure) => figure.errors);
const flagged = (state, service, flag) => sum(edges(state, service), (figure) =>
  Object.entries(figure.flags).reduce((total, [flags, times]) => total + (flags.split(",").includes(flag) ? times : 0), 0));
const serviceOf = (state, name) => state.services.find((service) => service.name === name);
const asked = (state, service, release) =>
  serviceOf(state, service)?.asked?.find((share) => share.release === release)?.percent ?? 0;
const broken = (state, pod) => state.pods.find((one) => one.name === pod)?.fault;

export const words = {
  place: { en: "Tour, step {at} of {all}", ja: "ツアー {at} / {all}" },
  read: { en: "Read {pages} pages", ja: "{pages} ページ読む" },
  reading: { en: "Reading…", ja: "読んでいます…" },
  changed: { en: "The rules changed meanwhile. Read the pages again.", ja: "途中でルールが変わりました。もう一度読んでください。" },
  counted: { en: "It was {counted}.", ja: "結果は {counted} でした。" },
  right: { en: "Your {guess} was right.", ja: "予想の {guess} は当たりです。" },
  off: { en: "You said {guess}.", ja: "予想は {guess} でした。" },
  done: { en: "✔ It is so now.", ja: "✔ この状態になりました。" },
  undo: { en: "Undo this step", ja: "このステップを元に戻す" },
  undone: { en: "The rules of the start are active, every pod is healthy.", ja: "最初のルールに戻り、すべての Pod が正常です。" },
  back: { en: "Back", ja: "戻る" },
  next: { en: "Next", ja: "次へ" },
};

export const steps = [
  {
    title: { en: "Where does a request go?", ja: "リクエストはどこへ行くのか" },
    text: {
      en: ["The browser asks the gateway, the gateway asks productpage. The page asks details and reviews by their names; reviews from v2 on also asks ratings, for the stars.",
        "The map shows it: boxes are releases, lines are calls."],
      ja: ["ブラウザーはゲートウェイに、ゲートウェイは productpage にリクエストを送ります。productpage は details と reviews を名前で呼びます。v2 以降の reviews は、星を得るために ratings も呼びます。",
        "図では、箱がリリース、線が呼び出しです。"],
    },
    task: { en: "Begin with the rules of the start: every service answers from v1.", ja: "最初のルールから始めます。どのサービスも v1 が応答します。" },
    act: { name: { en: "Reset everything", ja: "すべてリセット" }, calls: [reset] },
    done: (state) => asked(state, "reviews", "v1") === 100 && !broken(state, "ratings-v1-1"),
    question: { en: "Of 20 pages, how many ask ratings?", ja: "20 ページのうち、ratings を呼ぶのは何ページでしょうか。" },
    pages: 20, near: 0,
    count: (state) => requests(state, "ratings"),
    lesson: { en: "reviews v1 shows no stars, so it never asks for ratings. What a request costs depends on the release that answers.", ja: "reviews v1 は星を表示しないので、ratings を呼びません。1 つのリクエストが何を呼ぶかは、応答するリリースで変わります。" },
  },
  {
    title: { en: "A Service takes turns", ja: "Service は順番に振り分ける" },
    text: {
      en: ["A Kubernetes Service is a name for all pods that carry its label. The name reviews stands for v1, v2 and v3 alike. Without a rule of the mesh, that is all there is."],
      ja: ["Kubernetes の Service は、同じラベルを持つ Pod 全体に付けた名前です。reviews という名前は v1、v2、v3 のすべてを指します。メッシュのルールがなければ、それだけです。"],
    },
    task: { en: "Take the rule for reviews away.", ja: "reviews のルールを外します。" },
    act: { name: { en: "Remove the rule", ja: "ルールを外す" }, calls: [reset, { method: "PUT", yaml: `${route("details", "v1")}---\n${route("ratings", "v1")}` }] },
    done: (state) => serviceOf(state, "reviews")?.asked === null,
    question: { en: "Of 20 pages, how many get their reviews from v1?", ja: "20 ページのうち、v1 のレビューは何ページでしょうか。" },
    pages: 20, near: 2,
    count: (state) => requests(state, "reviews", "v1"),
    lesson: { en: "About a third: three pods share the name. Users would see stars come and go, so a new release cannot be tried in this way.", ja: "およそ 3 分の 1 です。3 つの Pod が同じ名前を分け合うからです。星が出たり消えたりするので、このままでは新しいリリースを試せません。" },
  },
  {
    title: { en: "The way into the cluster", ja: "クラスターの入口" },
    text: {
      en: ["Pod addresses cannot be reached from outside. NodePort, LoadBalancer, Ingress and a mesh's gateway are the ways in. A gateway lets in only what a VirtualService bound to it names."],
      ja: ["Pod のアドレスには外から届きません。入口になるのは NodePort、LoadBalancer、Ingress、そしてメッシュのゲートウェイです。ゲートウェイは、結び付いた VirtualService に書かれたものだけを通します。"],
    },
    task: { en: "Leave only /static in the gateway's rule.", ja: "ゲートウェイのルールを /static だけにします。" },
    act: { name: { en: "Close the gateway", ja: "ゲートウェイを閉じる" }, calls: [reset, { method: "PATCH", yaml: closedGateway }] },
    done: (state) => serviceOf(state, "productpage") !== undefined && state.history[0]?.what?.includes("bookinfo") === true,
    question: { en: "Of 20 pages, how many reach productpage?", ja: "20 ページのうち、productpage に届くのは何ページでしょうか。" },
    pages: 20, near: 0,
    count: (state) => requests(state, "productpage", "v1"),
    lesson: { en: "None: the gateway answers 404 itself (flag NR, no route). The pods are as healthy as before.", ja: "1 つも届きません。ゲートウェイ自身が 404 を返します (フラグ NR、ルートなし)。Pod は正常なままです。" },
  },
  {
    title: { en: "One page in ten", ja: "10 ページに 1 ページ" },
    text: {
      en: ["A canary: a small part of all requests goes to the new release, the rest stays. The weights stand in a VirtualService; the calling sidecar draws for each request."],
      ja: ["カナリアリリースです。リクエストの一部だけを新しいリリースへ送り、残りはそのままにします。重みは VirtualService に書き、呼び出し側のサイドカーがリクエストごとに抽選します。"],
    },
    task: { en: "Apply reviews-90-10.yaml, or move the handle under “Shift traffic” to 90 and 10.", ja: "reviews-90-10.yaml を適用します。「トラフィックの配分」のつまみを 90 と 10 に動かしても同じです。" },
    act: { name: { en: "Apply reviews-90-10.yaml", ja: "reviews-90-10.yaml を適用" }, calls: [reset, apply("reviews-90-10.yaml")] },
    done: (state) => asked(state, "reviews", "v1") === 90 && asked(state, "reviews", "v2") === 10,
    question: { en: "Of 20 pages, how many come from v2, with black stars?", ja: "20 ページのうち、v2 の黒い星は何ページでしょうか。" },
    pages: 20, near: 1,
    count: (state) => requests(state, "reviews", "v2"),
    lesson: { en: "Two on average, but 0 to 5 is common: each request draws for itself. The 95 % interval under “Traffic” says how much a count can be trusted.", ja: "平均は 2 ですが、0 から 5 も珍しくありません。リクエストごとの抽選だからです。「トラフィック」の 95 % 信頼区間が、数をどこまで信じてよいかを示します。" },
  },
  {
    title: { en: "For one reader only", ja: "1 人の読者だけに" },
    text: {
      en: ["Rules match before they split: by path, header, caller. The page passes its reader's name on in the header end-user."],
      ja: ["ルールは振り分ける前に条件を調べます。パス、ヘッダー、呼び出し元などです。productpage は、読者の名前を end-user ヘッダーで渡します。"],
    },
    task: { en: "Give v2 to jason, and v1 to everyone else.", ja: "jason には v2、ほかの人には v1 を見せます。" },
    act: { name: { en: "Apply reviews-jason-v2.yaml", ja: "reviews-jason-v2.yaml を適用" }, calls: [reset, apply("reviews-jason-v2.yaml")] },
    done: (state) => serviceOf(state, "reviews")?.matches.some((match) => match.includes("jason")) === true,
    question: { en: "jason reads 20 pages. How many come from v2?", ja: "jason が 20 ページ読みます。v2 は何ページでしょうか。" },
    pages: 20, readers: "jason", near: 0,
    count: (state) => requests(state, "reviews", "v2"),
    lesson: { en: "All of them. A release can be tried by its own developers in production, before any share of the users sees it.", ja: "すべてです。利用者に見せる前に、開発者だけが本番環境で新しいリリースを試せます。" },
  },
  {
    title: { en: "A slow dependency", ja: "遅い依存先" },
    text: {
      en: ["Faults can be injected without touching a program. For jason, ratings now answers 7 s late. reviews v2 would wait for 10 s, but the page gives reviews 3 s, twice."],
      ja: ["プログラムを変えずに障害を注入できます。jason に限り、ratings の応答を 7 秒遅らせます。reviews v2 は 10 秒待ちますが、productpage が reviews を待つのは 3 秒を 2 回までです。"],
    },
    task: { en: "Give v2 to jason and delay his ratings.", ja: "jason に v2 を見せ、その ratings を遅らせます。" },
    act: { name: { en: "Apply ratings-delay.yaml", ja: "ratings-delay.yaml を適用" }, calls: [reset, apply("reviews-jason-v2.yaml"), apply("ratings-delay.yaml")] },
    done: (state) => serviceOf(state, "ratings")?.actions.some((action) => action.startsWith("delay")) === true
      && serviceOf(state, "reviews")?.matches.length > 0,
    question: { en: "jason reads 4 pages. How many of them get reviews?", ja: "jason が 4 ページ読みます。レビューが表示されるのは何ページでしょうか。" },
    pages: 4, readers: "jason", rate: 4, near: 0,
    count: (state) => sum(edges(state, "reviews", "v2"), (figure) => figure.requests - figure.errors),
    lesson: { en: "None: two timeouts that do not fit, found by ten lines of YAML. reviews v3 waits for 2.5 s only and answers without stars.", ja: "1 つもありません。かみ合わない 2 つのタイムアウトが、10 行の YAML で見つかりました。reviews v3 は 2.5 秒しか待たず、星なしで応答します。" },
  },
  {
    title: { en: "Retry", ja: "リトライ" },
    text: {
      en: ["Half of all answers of ratings are now errors. The sidecar can ask again: at most twice more, and only where the rule says so."],
      ja: ["ratings の応答の半分がエラーになります。サイドカーは、ルールに書かれた場合に限り、最大 2 回まで再試行します。"],
    },
    task: { en: "Break half of ratings' answers, and turn retries on in the mesh.", ja: "ratings の応答の半分を壊し、メッシュのリトライを有効にします。" },
    act: { name: { en: "Break and retry", ja: "壊してリトライ" }, calls: [reset, apply("reviews-v3.yaml"), resilience({ retries: true }), breakRatings({ percent: 50, status: 503 })] },
    done: (state) => serviceOf(state, "ratings")?.resilience.retries === true && broken(state, "ratings-v1-1")?.percent === 50,
    question: { en: "Of 20 calls to ratings, how many still fail?", ja: "ratings への 20 回の呼び出しのうち、まだ失敗するのは何回でしょうか。" },
    pages: 20, near: 2,
    count: (state) => errors(state, "ratings"),
    lesson: { en: "Without retries 10; with three tries each about 1 in 8. The price stands under “Retry, breaker, bulkhead”: nearly twice as many requests reach the pod, which hurts when it is down anyway.", ja: "リトライがなければ 10 回、3 回試せばおよそ 8 回に 1 回です。代償は「リトライ、ブレーカー、バルクヘッド」の欄に出ます。Pod に届くリクエストは 2 倍近くになり、もともと止まりかけた Pod には負担です。" },
  },
  {
    title: { en: "Circuit breaker", ja: "サーキットブレーカー" },
    text: {
      en: ["Two pods stand behind ratings now, v1 and v2, and v1 answers every request with an error. Outlier detection leaves a pod out after five errors in a row."],
      ja: ["今度は ratings の後ろに v1 と v2 の 2 つの Pod があり、v1 はすべてエラーを返します。outlier detection は、5 回続けて失敗した Pod を外します。"],
    },
    task: { en: "Break v1 and turn the circuit breaker on.", ja: "v1 を壊し、サーキットブレーカーを有効にします。" },
    act: {
      name: { en: "Break and protect", ja: "壊して守る" },
      calls: [reset, { method: "PUT", yaml: `${route("details", "v1")}---\n${route("reviews", "v3")}` }, resilience({ circuitBreaker: true }), breakRatings({ percent: 100, status: 503 })],
    },
    done: (state) => serviceOf(state, "ratings")?.resilience.circuitBreaker === true && broken(state, "ratings-v1-1")?.percent === 100,
    question: { en: "Of 40 calls to ratings, how many fail?", ja: "ratings への 40 回の呼び出しのうち、失敗するのは何回でしょうか。" },
    pages: 40, near: 1,
    count: (state) => errors(state, "ratings"),
    lesson: { en: "Five, then the breaker opens and v2 answers everything: the map marks v1 with ⏏ (breaker open). After 30 s it is tried again.", ja: "5 回です。そこでブレーカーが開き、あとは v2 がすべて応答します。図では v1 に ⏏ (ブレーカー開) の印が付きます。30 秒後にもう一度試されます。" },
  },
  {
    title: { en: "Bulkhead", ja: "バルクヘッド" },
    text: {
      en: ["ratings takes 2 s for each answer, and 60 readers come within little more than a second. Each of them would hold a connection. A bulkhead lets ten in and lets ten wait."],
      ja: ["ratings の応答に 2 秒かかるところへ、1 秒あまりで 60 人の読者が来ます。それぞれが接続を占めてしまいます。バルクヘッドは 10 を通し、10 を待たせます。"],
    },
    task: { en: "Slow ratings down and turn the bulkhead on.", ja: "ratings を遅くし、バルクヘッドを有効にします。" },
    act: { name: { en: "Slow down and limit", ja: "遅くして制限する" }, calls: [reset, apply("reviews-v3.yaml"), resilience({ bulkhead: true }), breakRatings({ percent: 100, status: 0, delayMilliseconds: 2000 })] },
    done: (state) => serviceOf(state, "ratings")?.resilience.bulkhead === true && broken(state, "ratings-v1-1")?.delayMilliseconds === 2000,
    question: { en: "Of 60 calls, how many are refused at once?", ja: "60 回の呼び出しのうち、すぐに断られるのは何回でしょうか。" },
    pages: 60, rate: 50, near: 5,
    count: (state) => flagged(state, "ratings", "UO"),
    lesson: { en: "About 40 (flag UO). Those pages come at once, without stars; without the bulkhead all would wait, and reviews with them.", ja: "およそ 40 回です (フラグ UO)。そのページは星なしですぐに表示されます。バルクヘッドがなければ、reviews ごと全員が待たされます。" },
  },
  {
    title: { en: "The canary that rolls itself back", ja: "自動でロールバックするカナリア" },
    text: {
      en: ["A canary can judge itself: a Rollout of Argo gives v3 10, 25 and 50 % and measures each step by queries of an AnalysisTemplate. Here v3 is broken: half of its answers are errors."],
      ja: ["カナリアは自分で判定できます。Argo の Rollout は v3 に 10、25、50 % を順に渡し、AnalysisTemplate のクエリで測定します。ここでは v3 が壊れていて、応答の半分がエラーです。"],
    },
    task: { en: "Make your prediction first. Then break v3, send load and start the canary.", ja: "先に予想してください。次に v3 を壊し、負荷をかけて、カナリアを始めます。" },
    act: {
      name: { en: "Break v3, start the canary", ja: "v3 を壊してカナリアを開始" },
      calls: [
        reset,
        json("PUT", "/api/load", { rate: 50, readers: "guest" }),
        json("PUT", "/api/pods/reviews-v3-1/fault", { percent: 50, status: 503 }),
        { method: "POST", path: "/api/canary?from=v1&to=v3&service=reviews&file=reviews-quick.yaml", example: "reviews-quick.yaml" },
      ],
    },
    done: (state) => state.canary?.service === "reviews" && broken(state, "reviews-v3-1") !== null,
    question: { en: "What share of the requests, in percent, does v3 get before it is rolled back?", ja: "ロールバックされるまでに、v3 はリクエストの何 % を受け取るでしょうか。" },
    pages: 100, near: 0,
    outcome: (state) => state.canary?.phase === "Degraded" ? Math.max(...state.canary.events.map((event) => event.weight)) : undefined,
    lesson: { en: "10 or 25 %: once two measurements were below the threshold, v1 had everything again within seconds. Too few requests count as inconclusive, not as failed. The same file runs on a cluster with Argo Rollouts.", ja: "10 % か 25 % です。2 回の測定がしきい値を下回ると、数秒ですべて v1 に戻ります。リクエストが少なすぎるときは、失敗ではなく「判定できない」とみなします。同じファイルが、Argo Rollouts を入れたクラスターでも動きます。" },
  },
];
