import { plural } from "../../report/words.ts";
import { tool } from "../../tool.ts";
import type { ShardedRun } from "./sharded_run.ts";

/** What a manifest needs besides the run. */
export interface Cluster {
  readonly image: string | undefined;
  readonly claim: string;
  readonly mount: string;
}

/**
 * An Indexed Job (kubernetes.io/docs/tasks/job/indexed-parallel-processing-static). A pod that is lost is made again, and goes on with
 * the journal of its index; one that a drained node evicts does not count (pod-failure-policy). Exit codes 1 and 2 would come again.
 */
export function kubernetesJob(run: ShardedRun, cluster: Cluster): string {
  const { name, shards, atOnce = shards, words, cores, memoryBytes } = run;
  const [program, command, ...rest] = words;
  const memory = memoryBytes === undefined ? undefined : `${Math.ceil(memoryBytes / 1024 ** 2)}Mi`;
  return `${head(run, cluster)}apiVersion: batch/v1
kind: Job
metadata:
  name: ${scalar(name)}
spec:
  completionMode: Indexed
  completions: ${shards}
  parallelism: ${Math.min(atOnce, shards)}
  backoffLimitPerIndex: 10 # a shard starts again this often, and goes on where its journal ends
  podFailurePolicy:
    rules:
      - action: Ignore # evicted, preempted or drained: not the pod's fault
        onPodConditions:
          - type: DisruptionTarget
      - action: FailIndex # 1: some items have failed, and all have ended; 2: it cannot run
        onExitCodes:
          containerName: tandem
          operator: In
          values: [1, 2]
${template(cluster, [program, command, "--shard", "auto", "--shards", String(shards), ...rest], { cores, memory })}`;
}

/** The Job that gathers the outputs. The redirection needs a shell, which takes the words as they are. */
export function kubernetesGather({ name, gather, gathered }: ShardedRun, cluster: Cluster): string {
  const script = '"$@" > "$0.part" && mv "$0.part" "$0"';
  return `# Apply it when the Job ${name} has ended. It names the lines that are missing, if any are.
apiVersion: batch/v1
kind: Job
metadata:
  name: ${scalar(`${name}-gather`)}
spec:
  backoffLimit: 2
${template(cluster, ["sh", "-c", script, gathered, ...gather], { cores: 1, memory: undefined })}`;
}

function head({ name, shards }: ShardedRun, { image, claim, mount }: Cluster): string {
  const built = image !== undefined ? "" : `#
# The image is one of yours with tandem in it:
#
#   FROM debian:stable-slim
#   COPY tandem /usr/local/bin/
#
`;
  return `# ${plural(shards, "shard")} of one input. The volume ${claim} has the job and the input, relative to
# ${mount}; outputs and journals go there too. Pods on several nodes need a volume with
# ReadWriteMany. To go on where indexes have failed: kubectl delete job ${name}, and apply
# this again.
#
#   tandem engine kubernetes ... | kubectl apply -f -
#   kubectl wait --for=condition=complete --timeout=24h job/${name} # failed: an item did, or a shard
#   tandem engine kubernetes ... --gather | kubectl apply -f -
${built}`;
}

function template(
  { image = `tandem:${tool.version}`, claim, mount }: Cluster,
  command: readonly string[],
  { cores, memory }: { readonly cores: number; readonly memory: string | undefined },
): string {
  const amounts = (indent: string) =>
    [`cpu: ${scalar(String(cores))}`, ...memory === undefined ? [] : [`memory: ${scalar(memory)}`]]
      .map((line) => indent + line).join("\n");
  return `  template:
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        fsGroup: 1000
        fsGroupChangePolicy: OnRootMismatch
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: tandem
          image: ${scalar(image)}
          workingDir: ${scalar(mount)}
          command:
${command.map((word) => `            - ${scalar(unexpanded(word))}`).join("\n")}
          env:
            - name: HOME
              value: /tmp
          resources:
            requests:
${amounts("              ")}
            limits: # tandem starts as many threads as this has cores
${amounts("              ")}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: data
              mountPath: ${scalar(mount)}
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: ${scalar(claim)}
        - name: tmp
          emptyDir: {}
`;
}

/** A word in which Kubernetes expands nothing: it takes $(NAME) for a variable, and $$ for $. */
function unexpanded(word: string): string {
  return word.replaceAll("$", "$$$$");
}

/** A text as YAML. Its escapes are those of JSON, but for what JSON leaves as it is and YAML does not take. */
function scalar(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
