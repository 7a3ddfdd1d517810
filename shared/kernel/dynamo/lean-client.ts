interface Client<Scheme, Signer> {
  readonly config: { signer: (scheme?: Scheme) => Promise<Signer> };
  readonly middlewareStack: { readonly remove: (name: string) => boolean };
}

/** Who asks, whether functions call one another in circles, and a logger that there is none of. */
const FOR_NOTHING = ['getUserAgentMiddleware', 'recursionDetectionMiddleware', 'loggerMiddleware'];

/**
 * Takes off a client of AWS what it does anew for each request, and what it does for nothing.
 * By itself it copies all of its configuration to make a signer, which holds nothing of a request.
 */
export function lean<Scheme, Signer, C extends Client<Scheme, Signer>>(client: C & Client<Scheme, Signer>): C {
  const { config, middlewareStack } = client;
  const { signer } = config;
  let made: Promise<Signer> | undefined;
  config.signer = (scheme) => {
    made ??= signer(scheme);
    return made;
  };
  for (const name of FOR_NOTHING) middlewareStack.remove(name);
  return client;
}
