// What a new rule begins with: the shortest that can be applied, once its name and hosts are the right ones.

const head = (group, kind) => `apiVersion: ${group}\nkind: ${kind}\nmetadata:\n  name: my-rule\nspec:\n`;
const istio = "networking.istio.io/v1";

export const templates = {
  VirtualService: `${head(istio, "VirtualService")}  hosts:
  - productpage
  http:
  - timeout: 10s
    route:
    - destination:
        host: productpage
`,
  DestinationRule: `${head(istio, "DestinationRule")}  host: productpage
  trafficPolicy:
    outlierDetection:
      consecutive5xxErrors: 5
      interval: 5s
      baseEjectionTime: 30s
`,
  ServiceEntry: `${head(istio, "ServiceEntry")}  hosts:
  - example.com
  location: MESH_EXTERNAL
  ports:
  - number: 80
    name: http
    protocol: HTTP
  resolution: DNS
`,
  Gateway: `${head(istio, "Gateway")}  selector:
    istio: ingressgateway
  servers:
  - port:
      number: 80
      name: http
      protocol: HTTP
    hosts:
    - "*"
`,
  HTTPRoute: `${head("gateway.networking.k8s.io/v1", "HTTPRoute")}  parentRefs:
  - group: ""
    kind: Service
    name: reviews
    port: 9080
  rules:
  - backendRefs:
    - name: reviews-v1
      port: 9080
`,
};
