/** `/api`: documents every operation of the API. */
import type { ApiOperationView, ApiPageView } from '#view/api-page-view.ts';
import { PageHead } from './page-head.tsx';

const description =
  'What programs can ask: papers with every filter as JSON, the Hugging Face papers API, feeds, and tools for agents.';

export function ApiPage({ view }: { readonly view: ApiPageView }) {
  return (
    <main id="content" className="page plain api">
      <PageHead title="API" description={description} url={view.url} />
      <h1>API</h1>
      <p className="lead">{description}</p>
      <div className="prose message">
        <p>
          Everything is read by GET, without a key. Pages of other sites may read it too, unless this digest serves its
          own machine only. The same for programs: <a href="/api/openapi.json">OpenAPI 3.1</a>.
        </p>
        <Lines title="From a shell" text={view.curl} />
        <Lines title="With the Hugging Face client" text={view.python} />
        <Lines title="For an agent (MCP)" text={view.mcp} />
        {view.groups.map(({ name, note, operations }) => (
          <section key={name}>
            <h2 className="caps">{name}</h2>
            <p>{note}</p>
            {operations.map((operation) => (
              <Operation key={operation.path} operation={operation} />
            ))}
          </section>
        ))}
      </div>
    </main>
  );
}

function Lines({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section>
      <h2 className="caps">{title}</h2>
      <pre>
        <code>{text}</code>
      </pre>
    </section>
  );
}

function Operation({ operation: { path, summary, parameters, href } }: { readonly operation: ApiOperationView }) {
  return (
    <section>
      <h3>
        <a href={href}>
          <code>{path}</code>
        </a>
      </h3>
      <p>{summary}</p>
      {parameters.length === 0 ? null : (
        <dl className="parameters small">
          {parameters.map(({ name, takes, example }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                {takes}
                {example && (
                  <>
                    {' '}
                    <a href={example.href}>
                      <code>{example.label}</code>
                    </a>
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
