/**
 * One environment: its hosts, which role each has, and the values of inputs there.
 */
export interface Inventory {
    /**
     * Version of the language.
     */
    inventory: "v1";
    /**
     * Name of the environment.
     */
    environment: string;
    /**
     * Title, as people read it.
     */
    title?: string;
    /**
     * The name of the environment must be typed before the first act.
     */
    production?: boolean;
    /**
     * Who may approve where another person is asked for. Default: anybody but the operator.
     */
    approvers?: string[];
    /**
     * For every host that does not say otherwise.
     */
    ssh?: {
        /**
         * Login name. Default: what your SSH configuration says.
         */
        user?: string;
        /**
         * Port. Default: what your SSH configuration says, else 22.
         */
        port?: number;
        /**
         * Host of this inventory to go through.
         */
        jump?: string;
    };
    /**
     * The hosts.
     */
    hosts: {
        [k: string]: {
            /**
             * Name or address to connect to. Default: the name of the host here.
             */
            address?: string;
            /**
             * Its operating system.
             */
            platform?: ("linux" | "macos" | "windows");
            /**
             * `local`: the machine of the operator. `none`: nothing is run on it; only people and web requests reach it.
             */
            connection?: ("ssh" | "local" | "none");
            /**
             * Login name.
             */
            user?: string;
            /**
             * SSH port.
             */
            port?: number;
            /**
             * Host of this inventory to go through.
             */
            jump?: string;
            /**
             * Fingerprint its host key must have, in addition to your known hosts.
             */
            host_key?: string;
            /**
             * Values of the role variables.
             */
            vars?: {
                [k: string]: (string | number | boolean);
            };
        };
    };
    /**
     * Which hosts have which role, in order.
     */
    roles: {
        [k: string]: string[];
    };
    /**
     * Variables for every host of a role.
     */
    vars?: {
        /**
         * Values of the role variables.
         */
        [k: string]: {
            [k: string]: (string | number | boolean);
        };
    };
    /**
     * Values of inputs.
     */
    inputs?: {
        [k: string]: (string | number | boolean);
    };
}
